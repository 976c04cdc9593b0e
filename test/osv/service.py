"""An advisory service for tests, on its own or beside a stage: OSV's query, and what safety asks of its platform.

    service.py PORT [ADDRESS]

The advisories of advisories.json are published ones: ids, names and versions are facts, their texts are ours. Beside them,
in published/, may lie whole records as OSV has them, which are served as they are. A package counts as hit where its
version is listed, or lies in a range by PEP 440. Below /status/CODE/ every answer is that code.
"""

import glob
import http.server
import json
import os
import sys

from pip._vendor.packaging.version import Version

HERE = os.path.dirname(os.path.abspath(__file__))


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


ADVISORIES = load(os.path.join(HERE, "advisories.json"))
PUBLISHED = [load(path) for path in sorted(glob.glob(os.path.join(HERE, "published", "*.json")))]
KEY = "key-of-the-account"


def lies_within(version, advisory):
    introduced, fixed = advisory["introduced"], advisory["fixed"]
    later = introduced == "0" or Version(version) >= Version(introduced)
    return later and (fixed is None or Version(version) < Version(fixed))


def as_osv(advisory):
    """The advisory in OSV's schema."""
    events = [{"introduced": advisory["introduced"]}]
    if advisory["fixed"]:
        events.append({"fixed": advisory["fixed"]})
    known = {key: advisory[key] for key in ("id", "aliases", "summary", "withdrawn") if key in advisory}
    package = {"name": advisory["package"], "ecosystem": "PyPI"}
    ranges = [{"type": "ECOSYSTEM", "events": events}]
    return {**known, "schema_version": "1.6.0", "affected": [{"package": package, "ranges": ranges}]}


def affects(range_, version):
    """OSV's rule: the last event at or below the version says whether it is affected."""
    events = [(value, kind) for event in range_["events"] for kind, value in event.items()]
    events.sort(key=lambda event: Version("0.dev0" if event[0] == "0" else event[0]))
    hit = False
    for value, kind in events:
        if kind == "introduced" and (value == "0" or Version(version) >= Version(value)):
            hit = True
        elif kind == "fixed" and Version(version) >= Version(value):
            hit = False
    return hit


def is_hit(record, package, version):
    mine = [each for each in record["affected"] if each["package"]["name"].lower() == package["name"].lower()]
    return any(
        version in each.get("versions", ()) or any(affects(range_, version) for range_ in each.get("ranges", ()))
        for each in mine
        if each["package"]["ecosystem"] == package["ecosystem"]
    )


def query(asked):
    package, version = asked["package"], asked["version"]
    hits = [as_osv(each) for each in ADVISORIES if each["package"] == package["name"] and lies_within(version, each)]
    hits += [record for record in PUBLISHED if is_hit(record, package, version)]
    return {"vulns": hits} if hits else {}


def database(full):
    """The advisories in the form in which safety downloads them (schema 2.0.0)."""
    packages, about = {}, {}
    for number, advisory in enumerate(ADVISORIES):
        if "withdrawn" in advisory or not advisory["id"].startswith("PYSEC"):
            continue
        specs = ["<" + advisory["fixed"]]
        packages.setdefault(advisory["package"], []).extend(specs)
        entry = {"type": "pyup", "ids": [{"type": "cve", "id": advisory["aliases"][0]}, {"type": "pyup", "id": str(70000 + number)}]}
        entry.update(specs=specs, advisory=advisory["summary"], transitive=False, more_info_path="/v/%d/" % number)
        about.setdefault(advisory["package"], []).append(entry)
    meta = {"schema_version": "2.0.0", "timestamp": 1, "base_domain": "https://advisories.invalid", "advisory": "tests"}
    result = {"meta": meta, "vulnerable_packages": about if full else packages}
    if full:
        result["meta"]["packages"] = {
            name: {"insecure_versions": [], "secure_versions": [], "latest_version_without_known_vulnerabilities": "",
                   "latest_version": "", "more_info_path": "/p/%s/" % name} for name in about}  # fmt: skip
    return result


class Handler(http.server.BaseHTTPRequestHandler):
    def broken(self):
        """True where the address asks for a service that is out of order, which is then answered."""
        if not self.path.startswith("/status/"):
            return False
        self.answer({"message": "out of order"}, int(self.path.split("/")[2]))
        return True

    def answer(self, value, code=200):
        body = json.dumps(value).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        if self.broken():
            return None
        if self.path.endswith("/openid-configuration"):
            return self.answer({"jwks_uri": "http://%s/jwks" % self.headers["Host"]})
        if self.path == "/jwks":
            return self.answer({"keys": []})
        if "insecure" in self.path:
            if self.headers.get("X-Api-Key") != KEY:
                return self.answer({"message": "Invalid API key"}, 403)
            return self.answer(database("full" in self.path))
        return self.answer({}, 404)

    do_HEAD = do_GET

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.broken():
            return None
        return self.answer(query(asked)) if self.path == "/v1/query" else self.answer({})

    def log_message(self, *arguments):
        sys.stderr.write("%s %s\n" % (self.command, self.path))


if __name__ == "__main__":
    address = sys.argv[2] if len(sys.argv) > 2 else ""
    http.server.ThreadingHTTPServer((address, int(sys.argv[1])), Handler).serve_forever()
