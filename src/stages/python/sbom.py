"""Writes a CycloneDX bill of materials of what the wheel installs. Needs cyclonedx-bom.

    sbom.py PLAN OUT

PLAN is a JSON object: environment (a virtual environment with what is installed), requirements (its hashed requirements
file), wheel (the built wheel, or null), name and version (of what the bill is about where there is no wheel), index (its
address, or null). OUT receives sbom.cdx.json and sbom.json, a report. The same input gives the same bytes.
"""

import email
import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib import metadata

SPEC = "1.6"


def normalise(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def start_cyclonedx(*arguments):
    # What the tool writes is material here, so that its validation would be of no use, and takes longer than the rest.
    command = [sys.executable, "-m", "cyclonedx_py", arguments[0], "--output-reproducible", "--short-PURLs"]
    command += ["--no-validate", "--spec-version", SPEC, "--output-format", "JSON", "--output-file", "-", *arguments[1:]]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def bill_of(process):
    written, _ = process.communicate()
    if process.returncode != 0:
        sys.exit(process.returncode)  # It has said why.
    return json.loads(written)


def purl_of(name, version):
    return "pkg:pypi/%s%s" % (normalise(name), "@" + version if version else "")


def subject(plan):
    """What the bill is about: the wheel with its hash, else the application."""
    if plan["wheel"] is None:
        about = {"type": "application", "name": plan["name"]}
        return {**about, "version": plan["version"]} if plan["version"] else about
    with zipfile.ZipFile(plan["wheel"]) as archive:
        path = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = email.message_from_string(archive.read(path).decode("utf-8", "surrogateescape"))
    with open(plan["wheel"], "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    hashes = [{"alg": "SHA-256", "content": digest}]
    return {"type": "library", "name": about["Name"], "version": about["Version"], "hashes": hashes}


def with_distributions(component, listed):
    """The component with the hashes of the files that were allowed to be installed."""
    same = listed.get((normalise(component["name"]), component["version"]), {})
    files = [each for each in same.get("externalReferences", []) if each["type"] == "distribution" and "hashes" in each]
    references = [*component.get("externalReferences", []), *files]
    return {**component, "externalReferences": references} if references else component


def main(plan_text, out):
    plan = json.loads(plan_text)
    os.makedirs(os.path.join(out, "sbom"), exist_ok=True)
    index = ["--index-url", plan["index"]] if plan["index"] else []
    processes = [
        start_cyclonedx("environment", plan["environment"]),
        start_cyclonedx("requirements", *index, plan["requirements"]),
    ]
    bill, from_lines = map(bill_of, processes)
    by_line = from_lines.get("components", [])
    listed = {(normalise(each["name"]), each["version"]): each for each in by_line if "version" in each}
    root = subject(plan)
    installed = bill.get("components", [])
    # The tool names components by its own spelling; a package URL is a name that means something elsewhere.
    refs = {each["bom-ref"]: purl_of(each["name"], each.get("version")) for each in installed}
    own = next((each for each in installed if plan["wheel"] and normalise(each["name"]) == normalise(root["name"])), None)
    components = [
        with_distributions({**each, "bom-ref": refs[each["bom-ref"]], "purl": refs[each["bom-ref"]]}, listed)
        for each in installed if each is not own
    ]  # fmt: skip
    needs = {refs[each["ref"]]: sorted(refs[ref] for ref in each.get("dependsOn", []) if ref in refs)
             for each in bill.get("dependencies", []) if each["ref"] in refs}  # fmt: skip
    name = purl_of(root["name"], root.get("version"))
    if own is None:
        needed = {ref for some in needs.values() for ref in some}
        needs[name] = sorted(each["bom-ref"] for each in components if each["bom-ref"] not in needed)
    elif "licenses" in own:
        root["licenses"] = own["licenses"]
    bill.setdefault("metadata", {})["component"] = {**root, "bom-ref": name, "purl": name}
    bill["components"] = sorted(components, key=lambda each: each["bom-ref"])
    bill["dependencies"] = [{"ref": ref, "dependsOn": needs[ref]} for ref in sorted(needs)]
    with open(os.path.join(out, "sbom", "sbom.cdx.json"), "w", encoding="utf-8") as file:
        json.dump(bill, file, indent=2, sort_keys=True)
        file.write("\n")
    unlicensed = sorted(each["name"] for each in components if not each.get("licenses"))
    report = {"components": len(components), "unlicensed": unlicensed, "spec": bill["specVersion"]}
    report["version"] = metadata.version("cyclonedx-bom")
    with open(os.path.join(out, "sbom.json"), "w", encoding="utf-8") as file:
        json.dump(report, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
