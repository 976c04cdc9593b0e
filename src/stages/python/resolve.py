"""Resolves what each purpose installs to a hashed requirements file. Needs own_references.py. Python 3.9 or newer.

    resolve.py PLAN OUT

PLAN is a JSON file: python, name, purposes (a list of {name, requirements, files, extras, ensure, prefer}),
constraints, lock. OUT receives requirements/<purpose>.txt, requirements/direct.txt (what metadata that only the backend
can tell asks for itself, a name a line) and resolve.json. Exits 0 whenever resolve.json tells the
whole story, also where a purpose has no solution.
"""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from own_references import locked_direct, normalise, without_itself

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([^\s;\\]+)", re.MULTILINE)
NAME = re.compile(r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
HASH = re.compile(r"--hash=(sha256:[0-9a-f]+)")
EXTRA = re.compile(r"""\bextra\s*==\s*(?:"[^"]*"|'[^']*')""")
LOCAL = re.compile(r"^(?:-e\s+)?(?:file://)?(?=\.{0,2}/)")
# uv explains over many lines why nothing fits, and the first says that nothing does.
SAID = 20000


def pins(text):
    return {normalise(name): version for name, version in PIN.findall(text)}


def uv(*arguments):
    return subprocess.run(["uv", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def write_text(path, text):
    write(path, text)
    return text


def blocks(lines):
    """Lines of a requirements file, each requirement with the lines that continue it."""
    block = []
    for line in lines:
        block.append(line)
        if not line.rstrip().endswith("\\"):
            yield block
            block = []
    if block:
        yield block


def markers_of(package):
    """Where a locked package is installed: one marker of pdm, one of poetry or one for each group; none is everywhere."""
    marker = package.get("markers", package.get("marker"))
    if marker is None:
        return [None]
    # Whoever asks for the extra asks for this version: as a constraint it holds without the extra too.
    return [EXTRA.sub('python_version >= "3"', each) for each in (marker.values() if isinstance(marker, dict) else [marker])]


def locked_versions(packages):
    """What a lock of poetry or pdm allows, as constraints of uv; beside it versions that are only preferred."""
    versions = {}
    for package in packages:
        found = versions.setdefault(normalise(package["name"]), {})
        found.setdefault(package["version"], []).extend(markers_of(package))
    constraints, preferred = [], {}
    for name, found in sorted(versions.items()):
        if len(found) == 1:
            constraints.append(f"{name}=={min(found)}")
        elif all(marker is not None for markers in found.values() for marker in markers):
            lines = {f"{name}=={version} ; {marker}" for version, markers in found.items() for marker in markers}
            constraints += sorted(lines)
        else:
            # An older lock does not say which of them is for whom.
            newest = max(found, key=lambda version: [int(part) for part in re.findall(r"\d+", version)])
            constraints.append(f"{name}<={newest}")
            preferred[name] = newest
    return constraints, preferred


def load_toml(path):
    """tomllib came with 3.11; before it, pip brings a reader along."""
    try:
        import tomllib as toml
    except ImportError:
        try:
            from pip._vendor import tomli as toml
        except ImportError:
            from pip._vendor import toml
    return toml.loads(read(path))


def metadata_source():
    for path in ("pyproject.toml", "setup.py", "setup.cfg"):
        if path != "pyproject.toml" and os.path.exists(path):
            return path
        if os.path.exists(path) and "project" in load_toml(path):
            return path
    return "pyproject.toml"


class Resolver:
    """Holds the plan and the folder that it is written to."""

    def __init__(self, plan, out):
        self.plan = plan
        self.out = out
        self.requirements = os.path.join(out, "requirements")
        os.makedirs(self.requirements, exist_ok=True)
        self.lock = plan.get("lock")
        self.files = {}
        self.foreign = set()
        self.members = set()
        self.direct = set()
        self.locked, self.likely = self.read_lock()

    def path(self, name):
        return os.path.join(self.requirements, name + ".txt")

    def scratch(self, name, lines):
        return write(os.path.join(self.out, name), "".join(line + "\n" for line in lines))

    def read_lock(self):
        """Versions of a lock that only its own tool can install from: they become constraints."""
        if not self.lock or self.lock["kind"] not in ("poetry", "pdm"):
            return [], {}
        lock = load_toml(self.lock["path"])
        packages = lock.get("package", [])
        own = normalise(self.plan["name"])
        # Until 2023 the files of all packages stood in one table, by poetry's name or by pdm's "name version".
        older = lock.get("metadata", {}).get("files", {})
        for package in packages:
            name, version = package["name"], package["version"]
            files = package.get("files") or older.get(name) or older.get("%s %s" % (name, version)) or []
            hashes = {file["hash"] for file in files if file.get("hash", "").startswith("sha256:")}
            self.files.setdefault((normalise(name), version), set()).update(hashes)
        return locked_versions([package for package in packages if normalise(package["name"]) != own])

    def compile(self, name, purpose):
        """Resolves anew, within the project's constraints and the lock's versions."""
        purpose = without_itself(purpose, os.path.join(self.out, name + "-files"))
        inputs = [self.scratch(name + ".in", [*purpose["requirements"], *purpose["ensure"]]), *purpose["files"]]
        options = []
        if purpose["extras"] is not None:
            inputs.append(metadata_source())
            options = [word for extra in purpose["extras"] for word in ("--extra", extra)]
        for path in self.plan["constraints"]:
            options += ["--constraint", path]
        if self.locked:
            options += ["--constraint", self.scratch(name + ".lock", self.locked)]
        done = self.run(name, [*options, *inputs])
        if done.returncode == 0 and purpose["extras"] is not None:
            self.direct.update(self.asked(name, options, inputs[-1]))
        if done.returncode == 0 and self.files:
            write(self.path(name), "".join(self.held(read(self.path(name)).splitlines(keepends=True))))
        return done

    def asked(self, name, options, metadata):
        """The names that metadata itself asks for; uv has just built it."""
        done = uv(
            "pip", "compile", "--quiet", "--no-deps", "--no-header", "--no-annotate", "--python", sys.executable,
            "--no-emit-package", self.plan["name"], "--constraint", self.path(name), *options, metadata,
        )  # fmt: skip
        return pins(done.stdout) if done.returncode == 0 else ()

    def held(self, lines):
        """Leaves of each release only the files that the lock names; what is not locked stays as it is."""
        for block in blocks(lines):
            found = PIN.match(block[0])
            known = self.files.get((normalise(found.group(1)), found.group(2))) if found else None
            hashes = HASH.findall("".join(block))
            kept = [each for each in hashes if each in known] if known else hashes
            if not kept and hashes:
                self.foreign.add("%s %s" % found.groups())
            if len(kept) in (0, len(hashes)):
                yield from block
            else:
                yield " \\\n    ".join([block[0].split(" \\")[0].rstrip(), *("--hash=" + each for each in kept)]) + "\n"

    def run(self, name, arguments):
        return uv(
            "pip", "compile", "--quiet", "--generate-hashes", "--no-header", "--no-annotate",
            "--python", sys.executable, "--no-emit-package", self.plan["name"],
            "--output-file", self.path(name), *arguments,
        )  # fmt: skip

    def export(self, name, purpose):
        """Takes the versions of uv.lock as they are, and resolves beside them only the tools that it lacks."""
        options = [word for group in self.lock["groups"][name] for word in ("--group", group)]
        options += [word for extra in self.lock["extras"][name] for word in ("--extra", extra)]
        done = uv(
            "export", "--quiet", "--frozen", "--no-emit-project", "--no-default-groups", "--no-header",
            "--no-annotate", "--python", sys.executable, "--output-file", self.path(name), *options,
        )  # fmt: skip
        if done.returncode != 0:
            return done
        if purpose["extras"] is not None:
            self.direct.update(locked_direct(load_toml(self.lock["path"]), self.plan["name"], purpose["extras"]))
        exported = write_text(self.path(name), self.without_members(read(self.path(name))))
        missing = [line for line in purpose["ensure"] if normalise(NAME.match(line).group(1)) not in pins(exported)]
        if not missing:
            return done
        known = self.scratch(name + ".known", [f"{key}=={value}" for key, value in pins(exported).items()])
        done = self.run(name, ["--constraint", known, self.scratch(name + ".in", missing)])
        added = read(self.path(name)).splitlines(keepends=True)
        write(self.path(name), exported + "".join(self.only_new(added, pins(exported))))
        return done

    def without_members(self, exported):
        """Other members of the workspace, and folders, have no hash and are built by nobody here."""
        lines = exported.splitlines(keepends=True)
        local = [line for line in lines if LOCAL.match(line)]
        self.members.update(LOCAL.sub("", line).split(" ;")[0].strip() for line in local)
        return "".join(line for line in lines if line not in local)

    @staticmethod
    def only_new(lines, known):
        keep = False
        for line in lines:
            found = PIN.match(line)
            if found:
                keep = normalise(found.group(1)) not in known
            if keep:
                yield line

    def resolve(self, purpose, preferred):
        name = purpose["name"]
        # uv keeps the versions of a file that is there already, as far as the requirements allow.
        wanted = {**self.likely, **preferred, **pins("\n".join(purpose["prefer"]))}
        write(self.path(name), "".join(f"{key}=={value}\n" for key, value in wanted.items()))
        locked = self.lock is not None and self.lock["kind"] == "uv"
        done = self.export(name, purpose) if locked else self.compile(name, purpose)
        packages = pins(read(self.path(name))) if done.returncode == 0 else {}
        if done.returncode != 0 and os.path.exists(self.path(name)):
            os.unlink(self.path(name))
        return {
            "exit": done.returncode,
            "output": done.stdout[:SAID],
            "packages": packages,
        }


def stale(lock):
    """What uv says where uv.lock is not what the metadata asks for; needs no network where it is."""
    if not lock or lock["kind"] != "uv":
        return None
    checked = uv("lock", "--check", "--python", sys.executable)
    return checked.stdout[:SAID] if "needs to be updated" in checked.stdout else None


def main(plan_path, out):
    plan = json.loads(read(plan_path))
    resolver = Resolver(plan, out)
    first, *others = plan["purposes"]
    purposes = {first["name"]: resolver.resolve(first, {})}
    # What is tested is what ships: the others take the versions of the first where they may.
    preferred = purposes[first["name"]]["packages"]
    with ThreadPoolExecutor() as pool:
        purposes.update(zip([o["name"] for o in others], pool.map(lambda o: resolver.resolve(o, preferred), others)))
    resolver.scratch(os.path.join("requirements", "direct.txt"), sorted(resolver.direct))
    for name, purpose in purposes.items():
        print(f"{name}: {len(purpose['packages'])} packages" if purpose["exit"] == 0 else purpose["output"])
    result = {
        "python": ".".join(map(str, sys.version_info[:3])),
        "uv": uv("--version").stdout.split()[1],
        "lock": plan["lock"]["path"] if plan.get("lock") else None,
        "stale": stale(plan.get("lock")),
        "members": sorted(resolver.members),
        "foreign": sorted(resolver.foreign),
        "purposes": purposes,
    }
    write(os.path.join(out, "resolve.json"), json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
