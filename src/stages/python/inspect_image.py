"""Says what an image is: its digest, layers and their sizes, user, command, labels. Standard library only, Python 3.9.

    inspect_image.py IMAGE_TAR OUT

IMAGE_TAR is an OCI layout as one file. OUT receives a JSON report.
"""

import json
import os
import sys
import tarfile


def main(image, out):
    with tarfile.open(image) as archive:

        def blob(digest):
            return json.load(archive.extractfile("blobs/" + digest.replace(":", "/")))

        entry = json.load(archive.extractfile("index.json"))["manifests"][0]
        manifest = blob(entry["digest"])
        while "manifests" in manifest:
            entry = manifest["manifests"][0]
            manifest = blob(entry["digest"])
        image_config = blob(manifest["config"]["digest"])
    config = image_config.get("config") or {}
    report = {
        # Of the manifest of the image itself, which is what a registry calls it by once the tarball was copied there.
        "digest": entry["digest"],
        "layers": [layer["size"] for layer in manifest["layers"]],
        "platform": f"{image_config.get('os')}/{image_config.get('architecture')}",
        "user": config.get("User") or "root",
        "entrypoint": config.get("Entrypoint") or [],
        "command": config.get("Cmd") or [],
        "workdir": config.get("WorkingDir") or "/",
        "labels": config.get("Labels") or {},
        "ports": sorted(config.get("ExposedPorts") or {}),
        "healthcheck": (config.get("Healthcheck") or {}).get("Test") or [],
    }
    os.makedirs(os.path.dirname(out) or ".", exist_ok=True)
    with open(out, "w", encoding="utf-8") as file:
        json.dump(report, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
