"""Fixes what ruff can fix in the working directory, and keeps what it changed. Standard library only, Python 3.9.

    fix_lint.py OUT FORMAT -- ARGUMENTS

FORMAT is "format" where the project formats with ruff. OUT receives fix.json and fixed/, with the files that changed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys


def digests():
    """By path, of regular files alone: what lies behind a link is a file of its own, or not the project's."""
    found = {}
    for folder, _, names in os.walk("."):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, ".")] = hashlib.sha256(file.read()).hexdigest()
    return found


def ruff(*arguments):
    done = subprocess.run(["ruff", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    output = done.stdout.decode("utf-8", "replace")
    sys.stdout.write(output)
    return {"exit": done.returncode, "output": output[-10000:]}


def main(out, form, _, *arguments):
    before = digests()
    report = {"fix": ruff("check", "--fix", "--no-cache", *arguments), "format": None}
    if form == "format":
        report["format"] = ruff("format", "--no-cache")
    os.makedirs(os.path.join(out, "fixed"), exist_ok=True)
    left = os.path.join(out, "left.json")
    ruff("check", "--no-fix", "--no-cache", *arguments, "--output-format", "json", "--output-file", left)
    after = digests()
    changed = sorted(path for path in before if after.get(path) not in (None, before[path]))
    for path in changed:
        target = os.path.join(out, "fixed", path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(path, target)
    report["changed"] = [{"path": path, "before": before[path]} for path in changed]
    with open(os.path.join(out, "fix.json"), "w", encoding="utf-8") as file:
        json.dump(report, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
