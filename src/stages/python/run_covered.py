"""Runs pytest under coverage, on the installed packages where the project's configuration means their sources.

    run_covered.py DATA_FILE PACKAGES -- PYTEST_ARGUMENT...

PACKAGES is a JSON list of {name, kind, path}. Against a wheel `source = ["src"]` would measure nothing. Needs coverage.
"""

import fnmatch
import json
import os
import sys

import coverage


def normal(path):
    return os.path.normpath(path).replace(os.sep, "/")


def own_sources(config):
    entries = list(config.get_option("run:source") or [])
    for option in ("run:source_pkgs", "run:source_dirs"):
        try:
            entries += config.get_option(option) or []
        except Exception:  # Versions of coverage before 5.3 and 7.8 do not know them.
            continue
    return entries


def inclusion(config, packages):
    """The project's `include`, with the installed place of each package that it means; nothing where it has none."""
    patterns = list(config.get_option("run:include") or [])
    named = [
        package["name"].replace(".", "/")
        for package in packages
        if package["kind"] != "module"
        and any(fnmatch.fnmatch(package["path"] + "/__init__.py", normal(pattern)) for pattern in patterns)
    ]
    return patterns and [*patterns, *("*/site-packages/%s/*" % name for name in named)]


def sources(config, packages):
    """The project's `source`, where folders that hold the packages have become the packages' names."""
    entries = own_sources(config)
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


def measured(packages):
    """What is measured: {"include": patterns} or {"source": names}, as coverage takes the one or the other."""
    config = coverage.Coverage(data_file=None)
    # coverage takes no notice of `include` where it is given a source.
    included = [] if own_sources(config) else inclusion(config, packages)
    return {"include": included} if included else {"source": sources(config, packages)}


def main(data_file, packages, pytest_arguments):
    os.makedirs(os.path.dirname(data_file), exist_ok=True)
    options = ["--data-file=" + data_file]
    options += ["--%s=%s" % (name, ",".join(values)) for name, values in measured(json.loads(packages)).items()]
    command = [sys.executable, "-m", "coverage", "run", *options, "-m", "pytest", *pytest_arguments]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[4:])
