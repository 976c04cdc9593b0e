"""Prepares an interpreter image, as root: an ordinary user with a home, and an empty virtual environment that is his.

    prepare.py NAME ID HOME VENV
"""

import os
import sys
import venv


def has_entry(path, name, number):
    """Whether the name or the number is taken already."""
    with open(path) as file:
        fields = [line.split(":") for line in file]
    return any(entry[0] == name or (len(entry) > 2 and entry[2] == number) for entry in fields)


def add_entry(path, entry):
    name, _, number = entry.split(":")[:3]
    if os.path.exists(path) and has_entry(path, name, number):
        return
    with open(path, "a") as file:
        file.write(entry + "\n")


def give(path, number):
    os.lchown(path, number, number)
    for parent, folders, files in os.walk(path):
        for child in folders + files:
            os.lchown(os.path.join(parent, child), number, number)


def main(name, number, home, environment):
    add_entry("/etc/group", "%s:x:%s:" % (name, number))
    add_entry("/etc/passwd", "%s:x:%s:%s::%s:/bin/sh" % (name, number, number, home))
    os.makedirs(home, mode=0o755, exist_ok=True)
    venv.EnvBuilder(symlinks=True, with_pip=False).create(environment)
    give(home, int(number))
    give(environment, int(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
