"""Runs mypy as the project configures it, and on its packages where the configuration names nothing to check.

    check_types.py REPORT PLAN -- MYPY_ARGUMENT...

PLAN is a JSON file: targets, packages (a list of {name, kind, path}), wheel (or null). Modules that the wheel has and the
sources have not were written by the build; they are put where it writes them. Where mypy itself imports the project, it
gets it from MYPYPATH. Passes mypy's output and exit code on; REPORT receives its version. Standard library only, Python 3.9 or newer.
"""

import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata

NOTHING_NAMED = "Missing target module, package, files, or command"


def mypy(arguments, packages):
    command = [sys.executable, "-m", "mypy", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    missing = re.search(rb"^ModuleNotFoundError: No module named '([^'.]+)", done.stderr, re.MULTILINE)
    own = [package["name"].split(".")[0].encode() for package in packages]
    if done.returncode == 0 or missing is None or missing.group(1) not in own:
        return done
    # The project is not among its own requirements, and some are requirements of mypy.
    environment = {**os.environ, "PYTHONPATH": os.environ["MYPYPATH"]}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def bases(packages):
    """Below a folder without `__init__` a path does not tell where the module's name begins; MYPYPATH does."""
    shared = [package for package in packages if "." in package["name"] or package["kind"] == "namespace"]
    return ["--explicit-package-bases"] if shared else []


def add_generated(wheel, packages):
    """Gives the paths of the modules that were added to the sources."""
    added = []
    with zipfile.ZipFile(wheel) as archive:
        for package in packages:
            folder = package["name"].replace(".", "/") + "/"
            for name in archive.namelist():
                if package["kind"] == "module" or not name.startswith(folder) or not name.endswith((".py", ".pyi")):
                    continue
                path = package["path"] + "/" + name[len(folder) :]
                if os.path.exists(path):
                    continue
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(archive.read(name))
                added.append(path)
    return added


def main(report, plan_path, options):
    with open(plan_path, encoding="utf-8") as file:
        plan = json.load(file)
    generated = add_generated(plan["wheel"], plan["packages"]) if plan["wheel"] else []
    done = mypy(options, plan["packages"])
    checked = "configuration"
    if done.returncode == 2 and NOTHING_NAMED in done.stderr.decode("utf-8", "replace") and plan["targets"]:
        done = mypy([*options, *bases(plan["packages"]), *plan["targets"]], plan["packages"])
        checked = "packages"
    versions = {"mypy": metadata.version("mypy"), "python": ".".join(map(str, sys.version_info[:3]))}
    with open(report, "w", encoding="utf-8") as file:
        json.dump({"versions": versions, "checked": checked, "generated": generated}, file)
    sys.stdout.buffer.write(done.stdout)
    sys.stderr.buffer.write(done.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[4:]))
