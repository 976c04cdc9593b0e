"""Compares resolved versions with the newest that the index has for this Python. Standard library only, Python 3.9.

    outdated.py REQUIREMENTS DIRECT OUT

REQUIREMENTS is a folder of requirements files, DIRECT a JSON list of names that the project asks for itself. OUT
receives a JSON report. The age of a release comes from the index where it tells it (PEP 700).
"""

import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([^\s;\\]+)", re.MULTILINE)
PURPOSES = ("runtime", "test", "types")


def index_address():
    """The project's index, else the public one, whose address pip knows."""
    address = os.environ.get("UV_DEFAULT_INDEX")
    if address:
        return address
    from pip._internal.models.index import PyPI

    return PyPI.simple_url


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(folder):
    found = {}
    for purpose in PURPOSES:
        path = os.path.join(folder, purpose + ".txt")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            for name, version in PIN.findall(file.read()):
                found.setdefault(normalise(name), {"version": version, "purpose": purpose})
    return found


def newest(names):
    """The newest version of each that this Python can install; asked for without dependencies, all at once."""
    with tempfile.NamedTemporaryFile("w", suffix=".in", delete=False) as file:
        file.write("\n".join(names))
    command = ["uv", "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-annotate", "--refresh"]
    command += ["--python", sys.executable, file.name]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/")


def released(index, name, version):
    """The day on which a version was uploaded, or None where the index does not tell."""
    request = urllib.request.Request(
        f"{index.rstrip('/')}/{name}/", headers={"Accept": "application/vnd.pypi.simple.v1+json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20, context=ssl.create_default_context()) as answer:
            files = json.load(answer)["files"]
    except Exception:  # An index that serves no JSON, or does not answer: the age is unknown, nothing else is lost.
        return None
    spelled = "[-_.]+".join(re.escape(part) for part in name.split("-"))
    pattern = re.compile(rf"(?i)^{spelled}-{re.escape(version)}(?:-|\.tar|\.zip)")
    days = [file["upload-time"][:10] for file in files if file.get("upload-time") and pattern.match(file["filename"])]
    return min(days, default=None)


def main(folder, direct, out):
    known = pins(folder)
    own = {normalise(name) for name in json.loads(direct)}
    asked = newest(sorted(known)) if known else None
    result = {"packages": len(known), "outdated": []}
    if asked is not None and asked.returncode != 0:
        result["failed"] = asked.stderr[-4000:]
    elif asked is not None:
        latest = {normalise(name): version for name, version in PIN.findall(asked.stdout)}
        behind = [name for name in sorted(known) if latest.get(name) not in (None, known[name]["version"])]
        index = index_address()

        def days_of(name):
            return released(index, name, known[name]["version"]), released(index, name, latest[name])

        with ThreadPoolExecutor(8) as pool:
            days = pool.map(days_of, behind)
            for name, (since, newer) in zip(behind, days):
                about = {"name": name, **known[name], "newest": latest[name], "direct": name in own}
                result["outdated"].append({**about, "released": since, "newestReleased": newer})
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
