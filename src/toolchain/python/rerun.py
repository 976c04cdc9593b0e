"""Repeats the command of the stage, in its folder and with its environment; further arguments are added to it.

    rerun [ARGUMENT ...]
"""

import json
import os
import sys


def main(more):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(os.path.dirname(here), "command.json"), encoding="utf-8") as file:
        argv = [*json.load(file), *more]
    os.chdir(os.environ.pop("QUILLON_STAGE_FOLDER", "."))
    folders = os.environ.get("PATH", "").split(":")
    os.environ["PATH"] = ":".join(folder for folder in folders if folder != here)
    try:
        os.execvp(argv[0], argv)
    except OSError as error:
        sys.exit("rerun: %s: %s" % (argv[0], error.strerror))


if __name__ == "__main__":
    main(sys.argv[1:])
