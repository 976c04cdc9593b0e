"""Installs `uv` from a requirements file with hashes.

    install_uv.py REQUIREMENTS TARGET CACHE [INDEX]

The wheel's one program is taken straight from the index (PEP 691) where that is plain; pip, which costs two seconds more,
does it wherever anything is out of the ordinary, and its messages are those that people know.
QUILLON_INDEX_DEFAULT may hold the index's credential: `user:password` or a token.
"""

import hashlib
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile

DEFAULT_INDEX = "https://pypi.org/simple/"
SIMPLE_JSON = "application/vnd.pypi.simple.v1+json"
SECONDS = 20


def with_credential(index, credential):
    """The address with user and password; pip hides both in what it prints."""
    user, colon, password = credential.strip().partition(":")
    pair = (user, password) if colon else ("__token__", user)
    parts = urllib.parse.urlsplit(index)
    login = ":".join(urllib.parse.quote(text, safe="") for text in pair)
    return urllib.parse.urlunsplit(parts._replace(netloc="%s@%s" % (login, parts.netloc)))


def out_of_order(index):
    """Why an index has nothing: pip takes a page that answers 503 for one without releases."""
    try:
        urllib.request.urlopen(index.rstrip("/") + "/uv/", timeout=SECONDS).close()
    except urllib.error.HTTPError as error:
        return "%s answered %d %s" % (index, error.code, error.reason) if error.code >= 500 else None
    except OSError:  # pip has said so itself.
        return None


def read(address, accept):
    request = urllib.request.Request(address, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=SECONDS) as response:
        return response.geturl(), response.read()


def wheel_for_this_machine(files, hashes):
    """(url, sha256) of a wheel that this machine can run and whose hash we know."""
    tag = re.compile(r"manylinux.*_%s\.whl$" % re.escape(platform.machine()))
    found = [(file["url"], file["hashes"]["sha256"]) for file in files if tag.search(file["filename"])]
    # The platforms of some machines have two; any of them does.
    return sorted((url, digest) for url, digest in found if digest in hashes)[0]


def wheel_of_index(index, hashes, cache):
    """The wheel's path in the cache, of an index that answers PEP 691. Raises for whatever is out of the ordinary."""
    if platform.libc_ver()[0] != "glibc":
        raise ValueError("only wheels for glibc are known")
    page, listing = read(index.rstrip("/") + "/uv/", SIMPLE_JSON)
    url, digest = wheel_for_this_machine(json.loads(listing)["files"], hashes)
    path = os.path.join(cache, "uv-%s.whl" % digest)
    if not has_digest(path, digest):
        _, wheel = read(urllib.parse.urljoin(page, url), "*/*")
        if hashlib.sha256(wheel).hexdigest() != digest:
            raise ValueError("other bytes than our lock knows")
        with tempfile.NamedTemporaryFile(dir=cache, delete=False) as file:
            file.write(wheel)
        # Whole or not at all: other steps use the cache at the same time.
        os.replace(file.name, path)
    return path


def has_digest(path, digest):
    if not os.path.exists(path):
        return False
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest() == digest


def take_program(wheel, target):
    """Writes `bin/uv` from a wheel, where pip would."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if re.search(r"\.data/scripts/uv$", name)]
        program = archive.read(name)
    os.makedirs(os.path.join(target, "bin"), exist_ok=True)
    path = os.path.join(target, "bin", "uv")
    with open(path, "wb") as file:
        file.write(program)
    os.chmod(path, 0o755)


def is_plain(environment):
    """Whether nobody has told pip something of its own, in a variable or a file, and no credential is needed."""
    own = [name for name in environment if name.startswith("PIP_") and name not in ("PIP_CERT", "PIP_ROOT_USER_ACTION")]
    files = ["/etc/pip.conf", "/root/.config/pip/pip.conf", "/root/.pip/pip.conf", os.path.join(sys.prefix, "pip.conf")]
    return not own and "QUILLON_INDEX_DEFAULT" not in environment and not any(map(os.path.exists, files))


def install_directly(requirements, target, cache, index):
    """True when the program is where it belongs."""
    with open(requirements) as file:
        hashes = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", file.read()))
    try:
        os.makedirs(cache, exist_ok=True)
        take_program(wheel_of_index(index, hashes, cache), target)
    except Exception as error:  # noqa: BLE001 - whatever it is, pip says it better.
        print("install_uv.py: not taken straight from the index: %r" % error, file=sys.stderr)
        return False
    return True


def install_with_pip(requirements, target, index, environment):
    options = ["--no-deps", "--require-hashes", "--disable-pip-version-check", "--quiet"]
    # As a variable: pip before 22.1, which Debian's Python 3.9 has, refuses the option.
    environment = {**environment, "PIP_ROOT_USER_ACTION": "ignore"}
    if index is not None:
        credential = environment.pop("QUILLON_INDEX_DEFAULT", "")
        if index.startswith("http://"):
            # Whoever names a plain address means it; the bytes are checked by their hashes.
            environment["PIP_TRUSTED_HOST"] = urllib.parse.urlsplit(index).netloc
        environment["PIP_INDEX_URL"] = with_credential(index, credential) if credential else index
    install = [sys.executable, "-m", "pip", "install", *options, "--target", target, "-r", requirements]
    code = subprocess.run(install, env=environment).returncode
    trouble = out_of_order(index) if code != 0 and index is not None else None
    if trouble is not None:
        print("install_uv.py: " + trouble, file=sys.stderr)
    return code


def main(requirements, target, cache, index=None):
    environment = dict(os.environ)
    if is_plain(environment) and install_directly(requirements, target, cache, index or DEFAULT_INDEX):
        return
    sys.exit(install_with_pip(requirements, target, index, environment))


if __name__ == "__main__":
    main(*sys.argv[1:])
