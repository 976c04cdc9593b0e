"""Installs system packages with apt, as root.

    packages.py [--headers] PACKAGE [PACKAGE ...]

`--headers` adds the interpreter's own header files where the image lacks them.
"""

import os
import shutil
import subprocess
import sys
import sysconfig

# Without the error mode, apt goes on when an index cannot be fetched and then misses the package.
APT = ["apt-get", "-qq", "-o", "APT::Update::Error-Mode=any", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3"]


def main(packages):
    if "--headers" in packages:
        packages = [name for name in packages if name != "--headers"]
        if not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
            packages.append("python%d.%d-dev" % sys.version_info[:2])
    if shutil.which("apt-get") is None:
        sys.exit("packages.py: the image has no apt-get; system packages: %s" % " ".join(packages))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*APT, "update"], env=environment, check=True)
    subprocess.run([*APT, "install", "--yes", "--no-install-recommends", *packages], env=environment, check=True)
    shutil.rmtree("/var/lib/apt/lists", ignore_errors=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
