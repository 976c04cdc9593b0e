"""Prints what pytest and coverage count for a project in a fresh virtual environment, as JSON.

    pytest_counts.py PROJECT REQUIREMENT...

Plain pip and pytest, in the project's own tree. A REQUIREMENT that ends in .txt is a requirements file.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import venv

WORDS = {"error": "errors", "warning": "warnings"}


def run(*command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)


def main(project, requirements):
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = os.path.join(folder, "bin", "python")
        wanted = [word for name in requirements for word in (["-r", name] if name.endswith(".txt") else [name])]
        installed = run(python, "-m", "pip", "install", "--quiet", *wanted, cwd=project)
        # Without dependencies: what the tests need is installed already, and the project may be one of them.
        installed_self = run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", ".", cwd=project)
        if installed.returncode or installed_self.returncode:
            sys.exit(installed.stdout + installed_self.stdout)
        data = os.path.join(folder, ".coverage")
        env = {**os.environ, "COVERAGE_FILE": data, "PYTHONDONTWRITEBYTECODE": "1"}
        done = run(python, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", cwd=project, env=env)
        last = done.stdout.strip().splitlines()[-1]
        counts = {WORDS.get(word, word): int(n) for n, word in re.findall(r"(\d+) ([a-z]+)", last.split(" in ")[0])}
        print(json.dumps({"exit": done.returncode, "counts": counts, "last": last}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
