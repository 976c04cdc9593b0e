"""Writes a wheel's twin: the same files, and metadata without the long description. Standard library only, Python 3.9.

Tests are run against the twin, so that an edit of the README, which is the long description, repeats no test. That the
twin differs in nothing else is not believed but shown: both wheels are read again and compared.
"""

import base64
import csv
import hashlib
import io
import json
import zipfile

STAND_IN = b"Quillon runs tests against a wheel without its long description, so that an edit of it repeats no test.\n"
TIME = (2020, 1, 1, 0, 0, 0)


def without_description(metadata):
    """Core metadata with a sentence in place of the description, whether that is the body or a header."""
    head, _, body = metadata.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept, described, skipping = [], bool(body.strip()), False
    for line in head.split(b"\n"):
        # A header goes on in the lines that begin with white space.
        if line[:1] not in (b" ", b"\t"):
            skipping = line[:12].lower() == b"description:"
            described = described or skipping
        if not skipping and line:
            kept.append(line)
    return b"\n".join(kept) + b"\n" + (b"\n" + STAND_IN if described else b"")


def of_dist_info(name, file):
    folder, _, rest = name.partition("/")
    return folder.endswith(".dist-info") and rest == file


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def record_with(record, name, data):
    """RECORD with the entry of one file made anew."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for row in csv.reader(io.StringIO(record.decode("utf-8"), newline="")):
        writer.writerow([name, "sha256=" + digest(data), str(len(data))] if row and row[0] == name else row)
    return out.getvalue().encode("utf-8")


def write_twin(wheel, target):
    """Gives the digest of what both wheels hold alike. Raises ValueError where they differ in more than allowed."""
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(target, "w") as copy:
        changed = {}
        for name in source.namelist():
            if of_dist_info(name, "METADATA"):
                changed[name] = without_description(source.read(name))
        for name in source.namelist():
            if of_dist_info(name, "RECORD"):
                record = source.read(name)
                for path, data in changed.items():
                    record = record_with(record, path, data)
                changed[name] = record
        for entry in source.infolist():
            twin = zipfile.ZipInfo(entry.filename, TIME)
            twin.external_attr = entry.external_attr
            twin.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(twin, changed.get(entry.filename, source.read(entry)), compresslevel=1)
    shipped, tested = payload(wheel), payload(target)
    if shipped != tested:
        raise ValueError("the wheel for the tests differs from the wheel in more than its description")
    return shipped


def payload(wheel):
    """A digest of all that a wheel installs: names, modes and bytes, the metadata without the description."""
    held = []
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            data, name = archive.read(entry), entry.filename
            if of_dist_info(name, "METADATA"):
                data = without_description(data)
            elif of_dist_info(name, "RECORD"):
                rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
                listed = sorted(row for row in rows if row and not of_dist_info(row[0], "METADATA"))
                data = json.dumps(listed).encode()
            held.append([name, entry.external_attr >> 16, hashlib.sha256(data).hexdigest()])
    return hashlib.sha256(json.dumps(sorted(held)).encode()).hexdigest()
