"""Runs mypy as the project configures it, and on its packages where the configuration names nothing to check.

    check_types.py REPORT TARGET... -- MYPY_ARGUMENT...

Passes mypy's output and exit code on; REPORT receives its version. Standard library only, Python 3.9 or newer.
"""

import json
import subprocess
import sys
from importlib import metadata

NOTHING_NAMED = "Missing target module, package, files, or command"


def mypy(arguments):
    command = [sys.executable, "-m", "mypy", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def main(report, arguments):
    cut = arguments.index("--")
    targets, options = arguments[:cut], arguments[cut + 1 :]
    done = mypy(options)
    checked = "configuration"
    if done.returncode == 2 and NOTHING_NAMED in done.stderr.decode("utf-8", "replace") and targets:
        done = mypy([*options, *targets])
        checked = "packages"
    versions = {"mypy": metadata.version("mypy"), "python": ".".join(map(str, sys.version_info[:3]))}
    with open(report, "w", encoding="utf-8") as file:
        json.dump({"versions": versions, "checked": checked}, file)
    sys.stdout.buffer.write(done.stdout)
    sys.stderr.buffer.write(done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
