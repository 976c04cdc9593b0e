"""Reads, normalises and checks sdists and wheels. Standard library only, Python 3.9; twine where it is there."""

import email
import gzip
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import zipfile


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


SECRETS = re.compile(r"(^|/)(\.env(\.(?!example|sample|template|dist)[^/]*)?|\.pypirc|\.netrc|id_(rsa|ed25519|ecdsa)|[^/]*\.p12)$")
KEYS = re.compile(r"\.(pem|key)$")


def secrets(names, read):
    """Members that nobody means to publish: by their names, and keys by what stands in them."""
    return [name for name in names if SECRETS.search(name) or (KEYS.search(name) and b"PRIVATE KEY" in read(name))]


def describe_wheel(path):
    with zipfile.ZipFile(path) as archive:
        metadata = read_metadata(archive, ".dist-info/METADATA")
        wheel = read_metadata(archive, ".dist-info/WHEEL")
        members = sorted(name for name in archive.namelist() if not name.endswith("/"))
        leaked = secrets(members, archive.read)
    return {
        "file": os.path.basename(path),
        "bytes": os.path.getsize(path),
        "tags": wheel.get_all("Tag", []) if wheel else [],
        "generator": wheel.get("Generator") if wheel else None,
        "members": members,
        "secrets": leaked,
        "metadata": describe_metadata(metadata),
    }


def describe_sdist(path):
    with tarfile.open(path) as archive:
        metadata = read_metadata(archive, "/PKG-INFO")
        members = sorted(member.name for member in archive if not member.isdir())
        files = [member.name for member in archive if member.isreg()]
        leaked = secrets(sorted(files), lambda name: archive.extractfile(name).read())
    return {
        "file": os.path.basename(path),
        "bytes": os.path.getsize(path),
        "members": members,
        "secrets": leaked,
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
        "type": metadata.get("Description-Content-Type"),
        "description": hashlib.sha256(description.strip().encode("utf-8", "surrogateescape")).hexdigest(),
    }


class TwineCheck:
    """`twine check --strict` of some files, which goes on while the next file is built."""

    def __init__(self, paths):
        command = [sys.executable, "-m", "twine", "--no-color", "check", "--strict", *paths]
        # Its lines are not to be broken where a terminal would end.
        environment = {**os.environ, "COLUMNS": "500"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )

    def verdict(self):
        """{exit, output}, or None where twine is not installed: it knows no Python before 3.10."""
        output = self.process.communicate()[0]
        if re.search(r"No module named '?twine", output):
            return None
        return {"exit": self.process.returncode, "output": re.sub(r"\s+", " ", output).strip()}
