"""Runs pytest under coverage, on the installed packages where the project's configuration means their sources.

    run_covered.py DATA_FILE PACKAGES -- PYTEST_ARGUMENT...

PACKAGES is a JSON list of {name, path}. Against a wheel `source = ["src"]` would measure nothing. Needs coverage.
"""

import json
import os
import sys

import coverage


def normal(path):
    return os.path.normpath(path).replace(os.sep, "/")


def sources(config, packages):
    """The project's `source`, where folders that hold the packages have become the packages' names."""
    entries = list(config.get_option("run:source") or [])
    for option in ("run:source_pkgs", "run:source_dirs"):
        try:
            entries += config.get_option(option) or []
        except Exception:  # Versions of coverage before 5.3 and 7.8 do not know them.
            continue
    if not entries:
        return [package["name"] for package in packages]
    found = []
    for entry in entries:
        folder = normal(entry)
        inside = [
            package["name"]
            for package in packages
            if folder == "." or package["path"] == folder or package["path"].startswith(folder + "/")
        ]
        # A folder may hold tests beside packages; a name that is no folder is an import name already.
        found += inside
        if (not inside or folder == ".") and (entry not in found):
            found.append(entry)
    return found


def main(data_file, packages, pytest_arguments):
    os.makedirs(os.path.dirname(data_file), exist_ok=True)
    source = ",".join(sources(coverage.Coverage(data_file=None), json.loads(packages)))
    options = ["--data-file=" + data_file, "--source=" + source]
    command = [sys.executable, "-m", "coverage", "run", *options, "-m", "pytest", *pytest_arguments]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[4:])
