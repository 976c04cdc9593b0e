"""Makes the folder from which the supervisor runs in any container, whatever is in its image.

    runtime.py SUPERVISE_PY TARGET

TARGET receives this interpreter (bin/python3), the part of its standard library that the supervisor imports, the
shared libraries of both (lib/), the dynamic loader at a fixed name (loader) and the compiled supervisor. It is
started as `TARGET/loader --library-path TARGET/lib TARGET/bin/python3 -I -S -X utf8 TARGET/supervise.pyc`.
"""

import json
import os
import py_compile
import shutil
import struct
import subprocess
import sys
import sysconfig
import tempfile

LIST_MODULES = """
import json, sys
sys.path.insert(0, sys.argv[1])
import supervise
print(json.dumps([m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)]))
"""
PT_INTERP = 3


def loader_of(program):
    """The dynamic loader that an ELF program names; 64-bit, little-endian."""
    with open(program, "rb") as file:
        header = file.read(64)
        if header[:6] != b"\x7fELF\x02\x01":
            sys.exit("runtime.py: %s is not a 64-bit little-endian ELF program" % program)
        (offset,) = struct.unpack_from("<Q", header, 32)
        size, count = struct.unpack_from("<HH", header, 54)
        for number in range(count):
            file.seek(offset + number * size)
            entry = file.read(size)
            if struct.unpack_from("<I", entry)[0] == PT_INTERP:
                start, length = struct.unpack_from("<Q", entry, 8)[0], struct.unpack_from("<Q", entry, 32)[0]
                file.seek(start)
                return file.read(length).rstrip(b"\0").decode()
    sys.exit("runtime.py: %s is linked statically; its loader cannot be taken along" % program)


def libraries_of(loader, file):
    """(name, path) of each shared library that the loader finds for a file."""
    listing = subprocess.run([loader, "--list", file], stdout=subprocess.PIPE, check=True).stdout.decode()
    for line in listing.splitlines():
        name, arrow, rest = line.strip().partition(" => ")
        path = rest.rpartition(" (")[0]
        if arrow and path.startswith("/") and os.path.realpath(path) != os.path.realpath(loader):
            yield os.path.basename(name), path


def compile_to(source, target):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    # The name of the source stands in the file: the same from every temporary folder.
    py_compile.compile(source, target, os.path.basename(source), doraise=True, invalidation_mode=mode)


def main(supervisor, target):
    python = os.path.realpath(sys.executable)
    loader = loader_of(python)
    stdlib = sysconfig.get_path("stdlib")
    version = "python%d.%d" % sys.version_info[:2]
    folder = os.path.join(target, "lib", version)
    dynload = os.path.join(target, getattr(sys, "platlibdir", "lib"), version, "lib-dynload")
    os.makedirs(dynload)
    os.makedirs(os.path.join(target, "bin"))

    listing = [python, "-I", "-S", "-B", "-c", LIST_MODULES, os.path.dirname(os.path.abspath(supervisor))]
    files = set(json.loads(subprocess.run(listing, stdout=subprocess.PIPE, check=True).stdout))
    files.discard(os.path.abspath(supervisor))
    # os.py is how Python recognises its library; encodings are looked up by the name of a locale.
    files.add(os.path.join(stdlib, "os.py"))
    encodings = os.path.join(stdlib, "encodings")
    files.update(os.path.join(encodings, name) for name in os.listdir(encodings) if name.endswith(".py"))

    binaries = [python]
    for file in sorted(files):
        if file.endswith(".py"):
            place = os.path.join(folder, os.path.relpath(file, stdlib))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            shutil.copyfile(file, place)
            name = "%s.%s.pyc" % (os.path.basename(file)[:-3], sys.implementation.cache_tag)
            compile_to(file, os.path.join(os.path.dirname(place), "__pycache__", name))
        else:
            binaries.append(file)
            shutil.copyfile(file, os.path.join(dynload, os.path.basename(file)))
    for binary in binaries:
        for name, path in libraries_of(loader, binary):
            shutil.copyfile(path, os.path.join(target, "lib", name))
    for source, name in ((loader, "loader"), (python, "bin/python3")):
        shutil.copyfile(source, os.path.join(target, name))
        os.chmod(os.path.join(target, name), 0o755)
    compile_to(supervisor, os.path.join(target, "supervise.pyc"))
    prove(target)


def prove(target):
    """Runs one command under what was made, so that a part that is missing is missed here and not in a stage."""
    path = [os.path.join(target, name) for name in ("loader", "lib", "bin/python3", "supervise.pyc")]
    with tempfile.TemporaryDirectory() as out:
        spec = {"out": out, "timeout": 60, "grace": 1, "reports": [], "keeps": [["runtime", path[3]]]}
        spec.update(hide=[], secrets=["PATH"])
        start = [path[0], "--library-path", path[1], path[2], "-I", "-S", "-X", "utf8", path[3]]
        subprocess.run([*start, "quillon:runtime:prove", json.dumps(spec), "--", "true"], check=True)
        with open(os.path.join(out, "result.json")) as file:
            if json.load(file)["exit"] != {"kind": "exited", "code": 0}:
                sys.exit("runtime.py: the supervisor does not run from %s" % target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
