"""Builds the sdist, and from it the wheel. Standard library only (readme_renderer where it is there), Python 3.9.

    build.py SOURCE OUT

OUT receives sdist/, wheel/, twin/ and build.json. SOURCE_DATE_EPOCH is what file times in the sdist become. Exits 0 whenever
build.json tells the whole story, also where a build failed.
"""

import email
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

from wheel_twin import write_twin

TAIL = 16000


def build(kind, source, out):
    """Runs the project's backend in an environment of its own; gives (exit code, output)."""
    os.makedirs(out, exist_ok=True)
    done = subprocess.run(
        ["uv", "build", "--no-progress", "--no-create-gitignore", "--python", sys.executable, f"--{kind}"]
        + ["--out-dir", out, source],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    print(done.stdout, end="", flush=True)
    return done.returncode, done.stdout[-TAIL:]


def copy_sources(source, target):
    """Backends write beside their sources; what is mounted stays as it is."""
    shutil.copytree(source, target, symlinks=True)
    return target


def only_file(folder, suffix):
    found = [name for name in sorted(os.listdir(folder)) if name.endswith(suffix)]
    return os.path.join(folder, found[0]) if found else None


def normalise_sdist(path, epoch):
    """Rewrites an sdist so that equal sources give equal bytes: order, times, owners, modes, gzip's header."""
    with tarfile.open(path) as archive:
        members = [(member, archive.extractfile(member).read() if member.isreg() else None) for member in archive]
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for member, data in sorted(members, key=lambda pair: pair[0].name):
            member.mtime = epoch
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            archive.addfile(member, None if data is None else io.BytesIO(data))
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 9, file, epoch) as packed:
        packed.write(plain.getvalue())


def read_metadata(archive, suffix):
    """The shallowest member of that name: others may be test data."""
    names = archive.namelist() if isinstance(archive, zipfile.ZipFile) else archive.getnames()
    found = sorted((name for name in names if name.endswith(suffix)), key=lambda name: (name.count("/"), name))
    if not found:
        return None
    raw = archive.read(found[0]) if isinstance(archive, zipfile.ZipFile) else archive.extractfile(found[0]).read()
    return email.message_from_string(raw.decode("utf-8", "surrogateescape"))


def describe_wheel(path):
    with zipfile.ZipFile(path) as archive:
        metadata = read_metadata(archive, ".dist-info/METADATA")
        wheel = read_metadata(archive, ".dist-info/WHEEL")
        members = sorted(name for name in archive.namelist() if not name.endswith("/"))
    return {
        "file": os.path.basename(path),
        "bytes": os.path.getsize(path),
        "tags": wheel.get_all("Tag", []) if wheel else [],
        "generator": wheel.get("Generator") if wheel else None,
        "members": members,
        "metadata": describe_metadata(metadata),
    }


def describe_sdist(path):
    with tarfile.open(path) as archive:
        metadata = read_metadata(archive, "/PKG-INFO")
        members = sorted(member.name for member in archive if not member.isdir())
    return {
        "file": os.path.basename(path),
        "bytes": os.path.getsize(path),
        "members": members,
        "metadata": describe_metadata(metadata),
    }


def describe_metadata(metadata):
    if metadata is None:
        return None
    description = metadata.get("Description") or metadata.get_payload()
    return {
        "name": metadata.get("Name"),
        "version": metadata.get("Version"),
        "requires": metadata.get("Requires-Python"),
        "description": render(description, metadata.get("Description-Content-Type")),
    }


def render(description, content_type):
    """What the index would make of the long description: "ok", "missing", or why it cannot be rendered."""
    if not description or description.strip() in ("", "UNKNOWN"):
        return "missing"
    kind = (content_type or "text/x-rst").split(";")[0].strip().lower()
    if kind not in ("text/x-rst", "text/markdown", "text/plain"):
        return f"unknown content type {content_type}"
    if kind != "text/x-rst":
        return "ok"
    try:
        import readme_renderer.rst
    except ImportError:
        return "not looked"
    said = io.StringIO()
    if readme_renderer.rst.render(description, stream=said) is not None:
        return "ok"
    return re.sub(r"\s+", " ", said.getvalue()).strip() or "invalid reStructuredText"


def versions():
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "uv": subprocess.run(["uv", "--version"], stdout=subprocess.PIPE, text=True).stdout.split()[1],
    }


def run(source, out):
    sdists, wheels = os.path.join(out, "sdist"), os.path.join(out, "wheel")
    epoch = int(os.environ["SOURCE_DATE_EPOCH"])
    result = {"versions": versions()}
    code, output = build("sdist", copy_sources(source, os.path.join(out, "source")), sdists)
    result["sdist"] = {"exit": code, "output": output}
    sdist = only_file(sdists, ".tar.gz") if code == 0 else None
    if sdist is None:
        return result
    normalise_sdist(sdist, epoch)
    result["sdist"].update(describe_sdist(sdist))
    code, output = build("wheel", sdist, wheels)
    result["wheel"] = {"exit": code, "output": output}
    wheel = only_file(wheels, ".whl") if code == 0 else None
    if wheel is not None:
        result["wheel"].update(describe_wheel(wheel))
        twins = os.path.join(out, "twin")
        os.makedirs(twins, exist_ok=True)
        result["wheel"]["payload"] = write_twin(wheel, os.path.join(twins, os.path.basename(wheel)))
    return result


def main(source, out):
    os.makedirs(out, exist_ok=True)
    result = run(source, out)
    with open(os.path.join(out, "build.json"), "w", encoding="utf-8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
