"""Combines the coverage data of all test cells on source paths, and writes every report. Needs coverage.

    combine_coverage.py DATA PACKAGES OUT HOME

DATA holds a folder for each cell. PACKAGES is a JSON list of {name, kind, path}. HOME is the project's path in its
repository, on which the paths of the XML and the LCOV report are. OUT receives coverage.json,
report/coverage.xml, report/lcov.info and report/html/. Run where the sources lie.
"""

import json
import multiprocessing
import os
import posixpath
import sys
from concurrent.futures import ProcessPoolExecutor
from xml.etree import ElementTree

import coverage


def data_files(data):
    cells = {}
    for cell in sorted(os.listdir(data)):
        folder = os.path.join(data, cell)
        cells[cell] = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.startswith(".coverage"))
    return cells


def installed_paths(packages):
    """Where each package lies in the project, and where an interpreter had it installed."""
    paths = {}
    for package in packages:
        installed = package["name"].replace(".", "/")
        if package["kind"] == "module":
            paths[package["name"]] = [os.path.dirname(package["path"]) or ".", "*/site-packages"]
        else:
            paths[package["name"]] = [package["path"], "*/site-packages/" + installed]
    return paths


def configured(out, packages):
    cov = coverage.Coverage(data_file=os.path.join(out, ".coverage"))
    paths = dict(installed_paths(packages))
    for name, entries in (cov.config.paths or {}).items():
        paths.setdefault("project: " + name, entries)
    cov.set_option("paths", paths)
    # `[run] omit` holds while measuring only, where the paths were those of the installed files.
    omit = [*(cov.get_option("run:omit") or []), *(cov.get_option("report:omit") or [])]
    if omit:
        cov.set_option("report:omit", omit)
    return cov


def describe(cov):
    parts = ["branches" if cov.get_option("run:branch") else "lines"]
    for option in ("run:source", "run:include", "report:omit"):
        values = cov.get_option(option)
        if values:
            parts.append(option.split(":")[1] + " " + ", ".join(values))
    return "; ".join(parts)


def write_xml(cov, path, home):
    """Services look for the files where the repository has them: no path of this container, no folder of its own."""
    cov.set_option("run:source", [])
    cov.xml_report(outfile=path, ignore_errors=True)
    tree = ElementTree.parse(path)
    for sources in tree.iter("sources"):
        sources[:] = []
        ElementTree.SubElement(sources, "source").text = "."
    for module in tree.iter("class"):
        module.set("filename", posixpath.normpath(posixpath.join(home, module.get("filename"))))
    tree.write(path, encoding="utf-8", xml_declaration=True)


def write_lcov(cov, path, home):
    cov.lcov_report(outfile=path, ignore_errors=True)
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    moved = ["SF:" + posixpath.normpath(posixpath.join(home, line[3:])) if line[:3] == "SF:" else line for line in lines]
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in moved))


def write_html(cov, path, _home):
    cov.html_report(directory=path, ignore_errors=True)


def write_json(cov, path, _home):
    cov.json_report(outfile=path, ignore_errors=True)


def write_reports(out, packages, home):
    """Each report analyses every source anew, so that they are written at the same time."""
    wanted = [
        (write_html, "report/html"),
        (write_json, "totals.json"),
        (write_lcov, "report/lcov.info"),
        (write_xml, "report/coverage.xml"),
    ]
    with ProcessPoolExecutor(len(wanted), mp_context=multiprocessing.get_context("fork")) as pool:
        for written in [pool.submit(write_report, write, path, out, packages, home) for write, path in wanted]:
            written.result()


def write_report(write, path, out, packages, home):
    """With data of its own: a connection to the database must not be shared among processes."""
    cov = configured(out, packages)
    cov.load()
    write(cov, os.path.join(out, path), home)


def main(data, packages, out, home):
    cells = data_files(data)
    report = os.path.join(out, "report")
    os.makedirs(report, exist_ok=True)
    result = {"version": coverage.__version__, "python": ".".join(map(str, sys.version_info[:3]))}
    result["cells"] = {cell: len(files) for cell, files in cells.items()}
    files = [file for found in cells.values() for file in found]
    if files:
        packages = json.loads(packages)
        cov = configured(out, packages)
        cov.combine(files, strict=True, keep=True)
        cov.save()
        try:
            write_reports(out, packages, home)
        except coverage.exceptions.NoDataError as error:
            result["nothing"] = str(error)
        else:
            result["what"] = describe(cov)
            with open(os.path.join(out, "totals.json"), encoding="utf-8") as file:
                measured = json.load(file)
            result["totals"] = measured["totals"]
            result["files"] = {path: about["summary"]["percent_covered"] for path, about in measured["files"].items()}
            print(f"{measured['totals']['percent_covered']:.2f} %")
        result["config"] = os.path.relpath(cov.config.config_file) if cov.config.config_file else None
        result["failUnder"] = cov.get_option("report:fail_under") or None
        result["precision"] = cov.get_option("report:precision") or 0
    with open(os.path.join(out, "coverage.json"), "w", encoding="utf-8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
