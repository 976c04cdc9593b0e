"""Resolves what a build requires to a hashed requirements file. Standard library only, Python 3.9 or newer.

    lock_build.py REQUIREMENT... > LOCK_JSON

LOCK_JSON is {exit, output, requirements}. Exits 0 also where nothing satisfies the requirements: the build tells of it.
"""

import json
import subprocess
import sys

TAIL = 4000


def lock(lines, *options):
    """Gives what uv says and the text of the requirements file."""
    command = ["uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-header", "--no-annotate", "--no-config"]
    done = subprocess.run(
        [*command, "--python", sys.executable, *options, "-"],
        input="\n".join(lines),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return {"exit": done.returncode, "output": done.stderr[-TAIL:], "requirements": done.stdout}


if __name__ == "__main__":
    print(json.dumps(lock(sys.argv[1:])))
