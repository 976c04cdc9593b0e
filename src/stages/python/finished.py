"""Finds wheels that were built elsewhere and fit this interpreter. Standard library only, Python 3.9 or newer.

A wheel fits where `uv pip` would install it: the same question, asked of the same installer.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile


def normalise(name):
    """The name as the index knows it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wheels(folder, distribution):
    """Wheels of the distribution; what else lies there is none of ours."""
    if folder is None:
        return []
    found = [os.path.join(parent, name) for parent, _, names in os.walk(folder) for name in names]
    own = normalise(distribution)
    return sorted(
        path for path in found if path.endswith(".whl") and normalise(os.path.basename(path).split("-")[0]) == own
    )


def fits(wheel):
    with tempfile.TemporaryDirectory() as target:
        command = ["uv", "pip", "install", "--quiet", "--dry-run", "--no-config", "--no-deps", "--no-index"]
        done = subprocess.run(
            [*command, "--python", sys.executable, "--target", target, wheel],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return done.returncode == 0


def choose(folder, distribution):
    """The first that fits, or None, and the others: they are checked and handed on."""
    found = wheels(folder, distribution)
    chosen = next((wheel for wheel in found if fits(wheel)), None)
    return chosen, [wheel for wheel in found if wheel != chosen]


def copy(files, folder):
    """Gives the copies."""
    if files:
        os.makedirs(folder, exist_ok=True)
    return [shutil.copyfile(file, os.path.join(folder, os.path.basename(file))) for file in files]
