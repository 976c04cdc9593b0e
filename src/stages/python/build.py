"""Builds an sdist, and from it a wheel, in an environment that build_environment.py made. Standard library, Python 3.9.

    build.py sdist PLAN OUT          the sdist alone
    build.py wheel PLAN OUT SDISTS   the wheel, from the sdist that the first left in SDISTS
    build.py both PLAN OUT

PLAN is a JSON file: name, source, environment, requires, backend, path (of an in-tree backend), native, finished (a folder with
wheels that were built elsewhere, or null). OUT receives sdist/, wheel/, twin/, elsewhere/, build-requirements.txt and
build.json. SOURCE_DATE_EPOCH is what file times become. Exits 0 whenever build.json tells the whole story, also where a
build failed.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile

import finished
from build_environment import install
from distributions import TwineCheck, describe_sdist, describe_wheel, normalise_sdist
from lock_build import lock
from wheel_twin import write_twin

TAIL = 16000
# Always the same, because compilers write it into debug information.
SOURCES = "/tmp/quillon-build"

# The exception of a backend names no file.
UNPACKABLE = "the name of %s is not UTF-8\n"

HOOK = """
import importlib, json, sys
path, backend, hook, out = json.loads(sys.argv[1])
sys.path[:] = path + [entry for entry in sys.path if entry]
module, _, names = backend.partition(":")
found = importlib.import_module(module)
for name in filter(None, names.split(".")):
    found = getattr(found, name)
asked = getattr(found, hook, lambda _: [])({})
with open(out, "w") as file:
    json.dump(list(asked), file)
"""


class Backend:
    """The project's backend in its environment."""

    def __init__(self, plan, out):
        self.plan, self.out = plan, out
        self.folder = plan["environment"]
        self.python = os.path.join(self.folder, "bin", "python")
        with open(os.path.join(self.folder, "quillon.json"), encoding="utf-8") as file:
            self.state = json.load(file)
        self.late = []
        self.environment = {
            **os.environ,
            "PATH": os.pathsep.join([os.path.join(self.folder, "bin"), os.environ["PATH"]]),
            "VIRTUAL_ENV": self.folder,
        }

    def run(self, argv, folder):
        done = subprocess.run(
            argv,
            cwd=folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        print(done.stdout, end="", flush=True)
        return {"exit": done.returncode, "output": done.stdout[-TAIL:]}

    def build(self, kind, source, out):
        """Gives {exit, output} of a build from a folder."""
        os.makedirs(out, exist_ok=True)
        if self.state["exit"] != 0:
            print(self.state["output"])
            return {"exit": self.state["exit"], "output": self.state["output"]}
        asked = self.ask(kind, source)
        if asked["exit"] != 0:
            return asked
        options = ["--no-progress", "--no-create-gitignore", "--no-build-isolation", "--python", self.python]
        done = self.run(["uv", "build", *options, f"--{kind}", "--out-dir", out, source], source)
        if "surrogates not allowed" in done["output"]:
            done["output"] += "".join(map(UNPACKABLE.__mod__, strange_names(source)))
        return done

    def ask(self, kind, source):
        """Installs what the backend asks for beyond `[build-system] requires`, held to the same lock."""
        answer = os.path.join(self.out, f"requires-{kind}.json")
        path = [os.path.join(source, entry) for entry in self.plan["path"]]
        call = json.dumps([path, self.plan["backend"], f"get_requires_for_build_{kind}", answer])
        asked = self.run([self.python, "-c", HOOK, call], source)
        if asked["exit"] != 0:
            return asked
        with open(answer, encoding="utf-8") as file:
            wanted = [requirement for requirement in json.load(file) if requirement not in self.late]
        os.unlink(answer)
        if not wanted:
            return asked
        self.late += wanted
        known = os.path.join(self.out, "known.txt")
        with open(known, "w", encoding="utf-8") as file:
            file.write(self.state["requirements"])
        locked = lock([*self.plan["requires"], *self.late], "--constraint", known)
        os.unlink(known)
        if locked["exit"] != 0:
            return {"exit": locked["exit"], "output": locked["output"]}
        self.state["requirements"] = locked["requirements"]
        return install(self.folder, locked["requirements"])

    def requirements(self):
        path = os.path.join(self.out, "requirements")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, "build-requirements.txt"), "w", encoding="utf-8") as file:
            file.write(self.state["requirements"])


def strange_names(folder):
    """Paths that are not UTF-8, with their other bytes escaped."""
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(where, name), folder)
            if not path.isascii() and os.fsencode(path).decode("utf-8", "replace") != path:
                yield os.fsencode(path).decode("utf-8", "backslashreplace")


def only_file(folder, suffix):
    found = [name for name in sorted(os.listdir(folder)) if name.endswith(suffix)]
    return os.path.join(folder, found[0]) if found else None


def clean_copy(source):
    """Backends write beside their sources; what is mounted stays as it is."""
    shutil.rmtree(SOURCES, ignore_errors=True)
    return shutil.copytree(source, os.path.join(SOURCES, "source"), symlinks=True)


def unpacked(sdist):
    shutil.rmtree(SOURCES, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        archive.extractall(SOURCES)
    return os.path.join(SOURCES, sorted(os.listdir(SOURCES))[0])


def build_sdist(backend, out):
    folder = os.path.join(out, "sdist")
    result = backend.build("sdist", clean_copy(backend.plan["source"]), folder)
    sdist = only_file(folder, ".tar.gz") if result["exit"] == 0 else None
    if sdist is None:
        return result
    normalise_sdist(sdist, int(os.environ["SOURCE_DATE_EPOCH"]))
    return {**result, **describe_sdist(sdist)}


def build_wheel(backend, out, given):
    """The finished wheel that fits this interpreter, else one from the sdist."""
    folder = os.path.join(out, "wheel")
    if given["finished"] is not None:
        finished.copy([given["finished"]], folder)
        result = {"exit": 0, "output": "", "finished": True}
    else:
        result = backend.build("wheel", unpacked(given["sdist"]), folder)
        if result["exit"] == 0 and backend.plan["native"]:
            result["repair"] = repair(folder)
    wheel = only_file(folder, ".whl") if result["exit"] == 0 else None
    if wheel is None:
        return result
    twins = os.path.join(out, "twin")
    os.makedirs(twins, exist_ok=True)
    result["payload"] = write_twin(wheel, os.path.join(twins, os.path.basename(wheel)))
    return {**result, **describe_wheel(wheel)}


def repair(folder):
    """Has auditwheel put into the wheel what it needs, and name it after the oldest system on which it runs."""
    wheel = only_file(folder, ".whl")
    if wheel is None or wheel.endswith("-any.whl"):
        return None
    repaired = os.path.join(folder, "repaired")
    done = auditwheel(wheel, repaired)
    if done.returncode != 0 and "couldn't detect libc" in done.stdout:
        # An extension that calls nothing of the C library does not say which it is; the images' is glibc.
        done = auditwheel(wheel, repaired, "--plat", "manylinux2014_" + platform.machine())
    made = only_file(repaired, ".whl") if done.returncode == 0 else None
    if made is not None:
        os.unlink(wheel)
        shutil.move(made, folder)
    shutil.rmtree(repaired, ignore_errors=True)
    return {"exit": done.returncode, "output": done.stdout[-TAIL:]}


def auditwheel(wheel, folder, *options):
    done = subprocess.run(
        [sys.executable, "-m", "auditwheel", "repair", "--wheel-dir", folder, *options, wheel],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    print(done.stdout, end="", flush=True)
    return done


def versions():
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "uv": subprocess.run(["uv", "--version"], stdout=subprocess.PIPE, text=True).stdout.split()[1],
    }


def run(mode, plan, out, sdists):
    backend = Backend(plan, out)
    result = {"versions": versions()}
    if mode == "wheel":
        with open(os.path.join(sdists, "build.json"), encoding="utf-8") as file:
            result["sdist"] = json.load(file)["sdist"]
        print(result["sdist"]["output"], end="", flush=True)
        if os.path.isdir(os.path.join(sdists, "sdist")):
            shutil.copytree(os.path.join(sdists, "sdist"), os.path.join(out, "sdist"))
    else:
        result["sdist"] = build_sdist(backend, out)
    if mode != "sdist" and "file" in result["sdist"]:
        sdist = os.path.join(out, "sdist", result["sdist"]["file"])
        chosen, others = finished.choose(plan["finished"], plan["name"])
        elsewhere = finished.copy(others, os.path.join(out, "elsewhere"))
        check = TwineCheck([sdist, *elsewhere])
        result["wheel"] = build_wheel(backend, out, {"sdist": sdist, "finished": chosen})
        result["elsewhere"] = [describe_wheel(wheel) for wheel in elsewhere]
        checks = [check.verdict()]
        wheel = only_file(os.path.join(out, "wheel"), ".whl")
        if wheel is not None and result["wheel"].get("metadata") != result["sdist"].get("metadata"):
            checks.append(TwineCheck([wheel]).verdict())
        result["twine"] = [check for check in checks if check is not None]
    backend.requirements()
    result["requirements"] = backend.state["requirements"]
    result["late"] = backend.late
    return result


def main(mode, plan_path, out, sdists=None):
    os.makedirs(out, exist_ok=True)
    with open(plan_path, encoding="utf-8") as file:
        plan = json.load(file)
    result = run(mode, plan, out, sdists)
    with open(os.path.join(out, "build.json"), "w", encoding="utf-8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
