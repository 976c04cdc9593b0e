"""Writes a CycloneDX bill of materials of what the wheel installs. Needs cyclonedx-bom.

    sbom.py REQUIREMENTS WHEEL OUT

REQUIREMENTS is the hashed requirements file of the runtime, WHEEL the built wheel or `-`. OUT receives
sbom.cdx.json and sbom.json, a report. The same input gives the same bytes.
"""

import email
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from importlib import metadata

SPEC = "1.6"


def components(requirements):
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", "--output-reproducible", "--validate"]
    command += ["--spec-version", SPEC, "--output-format", "JSON", "--output-file", "-", requirements]
    bill = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    # The tool names components by their line in the file; a package URL is a name that means something elsewhere.
    refs = {each["bom-ref"]: each.get("purl", each["bom-ref"]) for each in bill.get("components", [])}
    for each in bill.get("components", []):
        each["bom-ref"] = refs[each["bom-ref"]]
        each.pop("description", None)
    bill["dependencies"] = [{**each, "ref": refs.get(each["ref"], each["ref"])} for each in bill.get("dependencies", [])]
    return bill


def subject(wheel):
    """The wheel itself, as the component that the bill is about."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = email.message_from_string(archive.read(name).decode("utf-8", "surrogateescape"))
    with open(wheel, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    name, version = about["Name"], about["Version"]
    purl = f"pkg:pypi/{name.lower().replace('_', '-').replace('.', '-')}@{version}"
    component = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    component["hashes"] = [{"alg": "SHA-256", "content": digest}]
    expression = about.get("License-Expression")
    if expression:
        component["licenses"] = [{"expression": expression}]
    return component


def main(requirements, wheel, out):
    os.makedirs(os.path.join(out, "sbom"), exist_ok=True)
    bill = components(requirements)
    if wheel != "-":
        root = subject(wheel)
        bill.setdefault("metadata", {})["component"] = root
        refs = sorted(component["bom-ref"] for component in bill.get("components", []))
        others = [entry for entry in bill.get("dependencies", []) if entry["ref"] != root["bom-ref"]]
        bill["dependencies"] = [{"ref": root["bom-ref"], "dependsOn": refs}, *others]
    with open(os.path.join(out, "sbom", "sbom.cdx.json"), "w", encoding="utf-8") as file:
        json.dump(bill, file, indent=2, sort_keys=True)
        file.write("\n")
    report = {"components": len(bill.get("components", [])), "spec": bill["specVersion"]}
    report["version"] = metadata.version("cyclonedx-bom")
    with open(os.path.join(out, "sbom.json"), "w", encoding="utf-8") as file:
        json.dump(report, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
