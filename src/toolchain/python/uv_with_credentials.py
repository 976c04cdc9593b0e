"""Stands in for `uv` where an index needs a credential: starts it with the user names and passwords that it expects.

QUILLON_INDEX_<NAME> holds `user:password` or a token; the program itself is /.quillon/uv.
"""

import os
import sys

PREFIX = "QUILLON_INDEX_"


def main(argv):
    environment = dict(os.environ)
    for name in os.environ:
        if name.startswith(PREFIX):
            user, colon, password = environment.pop(name).strip().partition(":")
            index = name[len(PREFIX) :]
            environment["UV_INDEX_%s_USERNAME" % index] = user if colon else "__token__"
            environment["UV_INDEX_%s_PASSWORD" % index] = password if colon else user
    os.execve("/.quillon/uv", ["uv", *argv], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
