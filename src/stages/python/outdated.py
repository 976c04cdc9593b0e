"""Compares resolved versions with the newest that the indexes have for this Python. Standard library only, Python 3.9.

    outdated.py REQUIREMENTS DIRECT OUT

REQUIREMENTS is a folder of requirements files, with direct.txt beside them: names that the project's built metadata asks
for. DIRECT is a JSON object: names that the project asks for itself, and files of it that ask for more. OUT receives a
JSON report. What is newest is what uv would install: no pre-release, nothing that was yanked. Since when a version is
passed by comes from the index that has it, where it tells upload times (PEP 700).
"""

import base64
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from pip._vendor.packaging.version import InvalidVersion, Version

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([^\s;\\]+)", re.MULTILINE)
ARCHIVE = re.compile(r"^.+-([^-]+)\.(?:tar\.gz|zip|tar\.bz2)$")
NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
PURPOSES = ("runtime", "test", "types")
PAGE = "application/vnd.pypi.simple.v1+json"
PATIENCE = 20


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
                known = found.setdefault(normalise(name), {"version": version, "purpose": purpose})
                if Version(version) < Version(known["version"]):
                    known.update(version=version, purpose=purpose)
    return found


def directly(names, files, built):
    asked = list(names)
    for path in [*files, built] if os.path.exists(built) else files:
        with open(path, encoding="utf-8") as file:
            asked += NAME.findall(file.read())
    return {normalise(name) for name in asked}


def newest(names):
    """The newest version of each that this Python can install; asked for without dependencies, all at once."""
    with tempfile.NamedTemporaryFile("w", suffix=".in", delete=False) as file:
        file.write("\n".join(names))
    command = ["uv", "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-annotate", "--refresh"]
    command += ["--python", sys.executable, file.name]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/")


def indexes():
    """Addresses and credentials in uv's order: the more indexes first, then the one in place of the public one."""
    listed = os.environ.get("UV_INDEX", "").split() + [os.environ.get("UV_DEFAULT_INDEX", "")]
    for name, _, address in (text.partition("=") for text in listed if text):
        yield address, os.environ.get("QUILLON_INDEX_" + name.upper(), "").strip()
    if not listed[-1]:
        from pip._internal.models.index import PyPI

        yield PyPI.simple_url, ""


def ask(address, credential):
    headers = {"Accept": PAGE}
    if credential:
        user, colon, password = credential.partition(":")
        login = credential if colon else "__token__:" + user
        headers["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE, context=ssl.create_default_context()) as answer:
        return json.load(answer)["files"]


def version_of(filename):
    wheel, archive = filename.endswith(".whl"), ARCHIVE.match(filename)
    text = filename.split("-")[1] if wheel else archive.group(1) if archive else ""
    try:
        return Version(text)
    except InvalidVersion:  # An egg, an installer, a name from before the rules.
        return None


def passed_by(files, version, latest):
    """The day on which the first final version after ours was uploaded, or None where the index does not tell."""
    days = []
    for file in files:
        found = version_of(file["filename"])
        if found is None or found.is_prerelease or file.get("yanked") or not version < found <= latest:
            continue
        if not file.get("upload-time"):
            return None
        days.append(file["upload-time"][:10])
    return min(days, default=None)


def since(name, version, latest):
    for address, credential in indexes():
        try:
            files = ask("%s/%s/" % (address.rstrip("/"), name), credential)
        except Exception:  # An index that serves no JSON or has no such project: the next one may tell.
            continue
        return passed_by(files, version, latest)
    return None


def main(folder, direct, out):
    known = pins(folder)
    own = directly(**json.loads(direct), built=os.path.join(folder, "direct.txt"))
    asked = newest(sorted(known)) if known else None
    result = {"packages": len(known), "outdated": []}
    if asked is not None and asked.returncode != 0:
        result["failed"] = asked.stderr[-4000:]
    elif asked is not None:
        latest = {normalise(name): version for name, version in PIN.findall(asked.stdout)}
        behind = [
            name for name in sorted(known)
            if name in latest and Version(known[name]["version"]) < Version(latest[name])
        ]  # fmt: skip

        def about(name):
            day = since(name, Version(known[name]["version"]), Version(latest[name]))
            return {"name": name, **known[name], "newest": latest[name], "direct": name in own, "since": day}

        with ThreadPoolExecutor(8) as pool:
            result["outdated"] = list(pool.map(about, behind))
    with open(out, "w", encoding="utf-8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
