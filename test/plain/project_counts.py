"""Prints what the plain tools count for a project in fresh virtual environments of this machine, as JSON.

    project_counts.py PROJECT SPEC

SPEC is JSON: uv (path of uv), pythons ({"X.Y": path}), main (the X.Y of types and coverage), tools (path of the Python
of tools that install nothing of the project), tests and types (words for
`uv pip install`, or {"groups": [...]} of the project's uv.lock), mypy (arguments), packages (paths), versions of ruff,
mypy, bandit, coverage and, by X.Y, pytest; covered, formatted and installed (whether the project measures coverage,
formats with ruff, is installed), env (what its tests find in their environment). Works in a copy of PROJECT. Each tool is started as its own documentation says, in the project's folder.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

WORDS = {"error": "errors", "warning": "warnings"}
COUNTED = ["passed", "failed", "skipped", "xfailed", "xpassed", "errors"]


class Plain:
    def __init__(self, spec, project, scratch):
        self.spec, self.project, self.scratch = spec, project, scratch

    def run(self, *command, fine=(0,), **env):
        variables = {"PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", "TZ": "UTC", "LANG": "C.UTF-8", **env}
        # Not the caller's own environment: a plain shell has no leftovers of other virtual environments.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUAL_ENV", "PYTHON"))}
        done = subprocess.run(
            command, cwd=self.project, env={**kept, **variables}, capture_output=True, text=True, errors="replace"
        )
        if done.returncode not in fine:
            sys.exit("%s: exit code %d\n%s%s" % (" ".join(command), done.returncode, done.stdout, done.stderr))
        return done

    def venv(self, name, version, *words):
        """A fresh environment with what the words install, and the project itself last, without its dependencies."""
        folder = os.path.join(self.scratch, name)
        interpreter = self.spec["pythons"].get(version, version)
        self.run(self.spec["uv"], "venv", "--quiet", "--python", interpreter, folder)
        python = os.path.join(folder, "bin", "python")
        install = [self.spec["uv"], "pip", "install", "--quiet", "--python", python]
        if words:
            self.run(*install, *words)
        return folder, [*install, "--no-deps", "--reinstall", "-e", "."] if self.spec["installed"] else ["true"]

    def words(self, wanted, version):
        """Words for the installer; the groups of a lock are exported as the lock's own tool does."""
        if isinstance(wanted, list):
            return wanted
        file = os.path.join(self.scratch, "locked-%s-%s.txt" % ("-".join(wanted["groups"]) or "none", version))
        groups = [word for name in wanted["groups"] for word in ("--group", name)]
        self.run(
            self.spec["uv"], "export", "--quiet", "--frozen", "--no-emit-project", "--no-default-groups", "--no-hashes",
            "--python", self.spec["pythons"][version], *groups, "--output-file", file,
        )  # fmt: skip
        return ["-r", file]

    def pytest(self, version):
        pinned = ["pytest==" + self.spec["versions"]["pytest"][version]]
        if self.spec["covered"]:
            # The number is of the version that combines; an older Python may have none of it.
            main = "==" + self.spec["versions"]["coverage"] if version == self.spec["main"] else ""
            pinned.append("coverage[toml]" + main)
        folder, own = self.venv("test-" + version, version, *self.words(self.spec["tests"], version), *pinned)
        self.run(*own)
        python = os.path.join(folder, "bin", "python")
        start = ["-m", "pytest", "-p", "no:cacheprovider", "--color=no"]
        if self.spec["covered"]:
            start = ["-m", "coverage", "run", "-p", *start]
        env = {**self.spec["env"], "COVERAGE_FILE": os.path.join(self.scratch, "data", ".coverage")}
        done = self.run(python, *start, fine=(0, 1, 2), **env)
        last = done.stdout.strip().splitlines()[-1]
        counts = {WORDS.get(word, word): int(n) for n, word in re.findall(r"(\d+) ([a-z]+)", last.split(" in ")[0])}
        return {word: counts.get(word, 0) for word in COUNTED}

    def coverage(self):
        python = os.path.join(self.scratch, "test-" + self.spec["main"], "bin", "python")
        data = os.path.join(self.scratch, "data")
        report = os.path.join(self.scratch, "coverage.json")
        files = {"COVERAGE_FILE": os.path.join(data, ".coverage")}
        self.run(python, "-m", "coverage", "combine", data, **files)
        self.run(python, "-m", "coverage", "json", "--fail-under=0", "-o", report, **files)
        with open(report) as file:
            totals = json.load(file)["totals"]
        return {"covered": totals["covered_lines"], "all": totals["num_statements"]}

    def ruff(self):
        folder, _ = self.venv("ruff", self.spec["tools"], "ruff==" + self.spec["versions"]["ruff"])
        ruff = os.path.join(folder, "bin", "ruff")
        found = self.run(ruff, "check", "--no-fix", "--no-cache", "--output-format", "json", fine=(0, 1))
        counts = {"violations": len(json.loads(found.stdout)), "unformatted": None}
        if self.spec["formatted"]:
            said = self.run(ruff, "format", "--check", "--no-cache", fine=(0, 1))
            counts["unformatted"] = len(re.findall(r"^(?:Would reformat|unformatted): ", said.stdout, re.M))
        return counts

    def mypy(self):
        main = self.spec["main"]
        pinned = "mypy==" + self.spec["versions"]["mypy"]
        folder, own = self.venv("types", main, *self.words(self.spec["types"], main), pinned)
        self.run(*own)
        options = ["--no-pretty", "--no-error-summary", "--cache-dir=" + os.path.join(self.scratch, "mypy")]
        done = self.run(os.path.join(folder, "bin", "mypy"), *options, *self.spec["mypy"], fine=(0, 1))
        return len(re.findall(r"^[^\n]+?: error: ", done.stdout, re.M))

    def bandit(self):
        folder, _ = self.venv("bandit", self.spec["tools"], "bandit==" + self.spec["versions"]["bandit"])
        bandit = os.path.join(folder, "bin", "bandit")
        done = self.run(bandit, "-q", "-r", "-f", "json", *self.spec["packages"], fine=(0, 1))
        severities = [each["issue_severity"].lower() for each in json.loads(done.stdout)["results"]]
        return {severity: severities.count(severity) for severity in ("high", "medium", "low")}

    def wheels(self):
        """Names of the wheels that each interpreter builds."""
        names = {}
        for version, python in self.spec["pythons"].items():
            out = os.path.join(self.scratch, "wheel-" + version)
            self.run(self.spec["uv"], "build", "--quiet", "--wheel", "--python", python, "--out-dir", out)
            names[version] = next(name for name in os.listdir(out) if name.endswith(".whl"))
        return names


def main(project, spec):
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(project, os.path.join(folder, "project"), symlinks=True)
        os.makedirs(os.path.join(folder, "data"))
        plain = Plain(json.loads(spec), copy, folder)
        # The tools that only look come first: what follows leaves files in the tree.
        counts = {"ruff": plain.ruff(), "bandit": plain.bandit(), "mypy": plain.mypy()}
        counts["pytest"] = {version: plain.pytest(version) for version in plain.spec["pythons"]}
        counts["coverage"] = plain.coverage() if plain.spec["covered"] else None
        counts["wheels"] = plain.wheels() if plain.spec["installed"] else {}
        print(json.dumps(counts))


if __name__ == "__main__":
    main(*sys.argv[1:])
