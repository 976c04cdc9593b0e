"""What a project's own files say of the project itself. Standard library only, Python 3.9 or newer."""

import os
import re

# `-e .[test]`, `demo @ file:.`
OWN = re.compile(
    r"^\s*(?:(?:-e|--editable)[\s=]+)?(?:[\w.-]+\s*@\s*)?(?:file:(?:/{2,3})?)?(?:\$\{PROJECT_ROOT\}|\.)/?"
    r"(?:\[([\w.,\s-]*)\])?(?:#egg=\S*)?\s*(?:[;#].*)?$"
)
INCLUDED = re.compile(r"^\s*(?:-r|-c|--requirement|--constraint)[\s=]+(\S+)", re.MULTILINE)


def normalise(name):
    """The name as the index knows it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return file.read()


def without_itself(purpose, folder):
    """The purpose with files that do not name the project, in a folder where any did; the extras are asked for instead.

    The wheel is installed last, and to build the project here may need what is not here: git, a compiler, its sources.
    """
    texts, given, extras, pending = {}, {}, set(), list(purpose["files"])
    while pending:
        path = os.path.normpath(pending.pop())
        if path in texts or not os.path.exists(path):
            continue
        given[path] = read(path)
        lines = [(line, OWN.match(line)) for line in given[path].splitlines(keepends=True)]
        texts[path] = "".join(line for line, own in lines if not own)
        extras.update(each.strip() for _, own in lines if own for each in (own.group(1) or "").split(","))
        pending += [os.path.join(os.path.dirname(path), each) for each in INCLUDED.findall(texts[path])]
    if texts == given or any(path.startswith("..") or os.path.isabs(path) for path in texts):
        return purpose
    for path, text in texts.items():
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
    wanted = sorted({*(purpose["extras"] or []), *extras} - {""})
    files = [os.path.join(folder, path) for path in purpose["files"]]
    return {**purpose, "files": files, "extras": wanted or purpose["extras"]}


def locked_direct(lock, name, extras):
    """The names that the project itself asks for, as its uv.lock repeats what only a backend can tell."""
    own = [package for package in lock.get("package", []) if normalise(package["name"]) == normalise(name)]
    lists = [package.get("dependencies", []) for package in own]
    lists += [package.get("optional-dependencies", {}).get(extra, []) for package in own for extra in extras]
    return {normalise(each["name"]) for found in lists for each in found}
