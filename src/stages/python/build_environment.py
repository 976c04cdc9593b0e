"""Makes the environment in which a backend runs, from what lock_build.py wrote. Standard library only, Python 3.9.

    build_environment.py LOCK_JSON FOLDER

FOLDER becomes a virtual environment, with FOLDER/quillon.json beside its files: {exit, output, requirements}. Exits 0
also where something could not be installed: the build tells of it.
"""

import json
import os
import subprocess
import sys

TAIL = 4000


def run(arguments, text=None):
    done = subprocess.run(
        ["uv", *arguments], input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    return {"exit": done.returncode, "output": done.stdout[-TAIL:]}


def install(folder, requirements):
    """Installs a hashed requirements file, and nothing that it does not name."""
    options = ["--quiet", "--no-config", "--no-deps", "--require-hashes", "--python", os.path.join(folder, "bin/python")]
    return run(["pip", "install", *options, "-r", "-"], requirements)


def make(lock, folder):
    made = run(["venv", "--quiet", "--no-project", "--no-config", "--python", sys.executable, folder])
    if made["exit"] == 0 and lock["exit"] == 0 and lock["requirements"].strip():
        made = install(folder, lock["requirements"])
    return {**(lock if lock["exit"] != 0 else made), "requirements": lock["requirements"]}


def main(lock_path, folder):
    with open(lock_path, encoding="utf-8") as file:
        state = make(json.load(file), folder)
    with open(os.path.join(folder, "quillon.json"), "w", encoding="utf-8") as file:
        json.dump(state, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
