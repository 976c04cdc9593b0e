"""Prepares an interpreter image, as root: an ordinary user with a home, and an empty virtual environment that is his.

    prepare.py NAME ID HOME VENV
"""

import compileall
import importlib.util
import os
import re
import sys
import sysconfig
import venv

# Large, and not what a tool imports at its start.
SELDOM = re.compile(r"/(site-packages|dist-packages|test|tests|idlelib|lib2to3|tkinter|turtledemo|ensurepip|pydoc_data)/")


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


def compile_library():
    """Compiles the standard library where the image has it as text alone, as slim images do.

    The ordinary user can't write beside it, so that every command of every container would compile what it imports.
    """
    if not os.path.exists(importlib.util.cache_from_source(os.__file__)):
        compileall.compile_dir(sysconfig.get_path("stdlib"), quiet=2, rx=SELDOM)


def main(name, number, home, environment):
    add_entry("/etc/group", "%s:x:%s:" % (name, number))
    add_entry("/etc/passwd", "%s:x:%s:%s::%s:/bin/sh" % (name, number, number, home))
    os.makedirs(home, mode=0o755, exist_ok=True)
    venv.EnvBuilder(symlinks=True, with_pip=False).create(environment)
    give(home, int(number))
    give(environment, int(number))
    compile_library()


if __name__ == "__main__":
    main(*sys.argv[1:])
