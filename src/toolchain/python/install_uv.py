"""Installs `uv` with pip from a requirements file with hashes.

    install_uv.py REQUIREMENTS TARGET [INDEX]

QUILLON_INDEX_DEFAULT may hold the index's credential: `user:password` or a token.
"""

import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request


def with_credential(index, credential):
    """The address with user and password; pip hides both in what it prints."""
    user, colon, password = credential.strip().partition(":")
    pair = (user, password) if colon else ("__token__", user)
    parts = urllib.parse.urlsplit(index)
    login = ":".join(urllib.parse.quote(text, safe="") for text in pair)
    return urllib.parse.urlunsplit(parts._replace(netloc="%s@%s" % (login, parts.netloc)))


def out_of_order(index):
    """Why an index has nothing: pip takes a page that answers 503 for one without releases."""
    try:
        urllib.request.urlopen(index.rstrip("/") + "/uv/", timeout=20).close()
    except urllib.error.HTTPError as error:
        return "%s answered %d %s" % (index, error.code, error.reason) if error.code >= 500 else None
    except OSError:  # pip has said so itself.
        return None


def main(requirements, target, index=None):
    options = ["--no-deps", "--require-hashes", "--disable-pip-version-check", "--quiet"]
    # As a variable: pip before 22.1, which Debian's Python 3.9 has, refuses the option.
    environment = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}
    if index is not None:
        credential = environment.pop("QUILLON_INDEX_DEFAULT", "")
        if index.startswith("http://"):
            # Whoever names a plain address means it; the bytes are checked by their hashes.
            environment["PIP_TRUSTED_HOST"] = urllib.parse.urlsplit(index).netloc
        environment["PIP_INDEX_URL"] = with_credential(index, credential) if credential else index
    install = [sys.executable, "-m", "pip", "install", *options, "--target", target, "-r", requirements]
    code = subprocess.run(install, env=environment).returncode
    trouble = out_of_order(index) if code != 0 and index is not None else None
    if trouble is not None:
        print("install_uv.py: " + trouble, file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
