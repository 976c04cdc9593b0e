"""Runs pip-audit on requirements files, and finds out whether the public service tells of advisories at all.

    audit.py PLAN ABOUT ARGUMENTS...

PLAN is a JSON object: files (names in the working directory), private (names that no service is told), probe (true
where the public service is asked because nobody named one). ABOUT receives a JSON report; ARGUMENTS go to pip-audit.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from importlib import metadata

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([^\s;\\]+)")
PROBE = ("pip", "24.0")


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def without(private, text, left_out):
    """The requirements without those that are private; a line that begins with a blank belongs to the one above."""
    keep = True
    for line in text.splitlines(keepends=True):
        pin = PIN.match(line)
        if pin:
            keep = normalise(pin.group(1)) not in private
            if not keep:
                left_out[normalise(pin.group(1))] = pin.group(2)
        if keep:
            yield line


def serves_advisories():
    """False where what answers for the public index has its pages and not its advisories, as a mirror may."""
    import requests
    from pip._internal.models.index import PyPI

    name, version = PROBE
    try:
        told = requests.get(f"{PyPI.pypi_url}/{name}/{version}/json", timeout=20).status_code
        page = requests.get(f"{PyPI.simple_url}/{name}/", timeout=20, stream=True).status_code
    except requests.RequestException:  # Nobody can tell; pip-audit has said what it met.
        return None
    return False if (told, page) == (404, 200) else None


def main(plan_text, about, *arguments):
    plan = json.loads(plan_text)
    private = {normalise(name) for name in plan["private"]}
    left_out = {}
    folder = tempfile.mkdtemp()
    command = [sys.executable, "-m", "pip_audit", *arguments]
    for name in plan["files"]:
        with open(name, encoding="utf-8") as file:
            kept = "".join(without(private, file.read(), left_out))
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(kept)
        command += ["--requirement", path]
    code = subprocess.run(command).returncode
    result = {"version": metadata.version("pip-audit"), "private": left_out}
    result["advisories"] = serves_advisories() if plan["probe"] else None
    with open(about, "w", encoding="utf-8") as file:
        json.dump(result, file)
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
