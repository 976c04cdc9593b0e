import { execFileSync } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"

const PROGRAMS = join(import.meta.dirname, "../../src/stages/python")

/** Packs wheels of one package, each with the README that it is given, and looks at their twins with the email package. */
const SCRIPT = `
import base64, email, hashlib, json, sys, zipfile
sys.path.insert(0, sys.argv[1])
import wheel_twin

HEAD = "Metadata-Version: 2.1\\nName: demo\\nVersion: 1.0\\nRequires-Dist: six >=1\\nDescription-Content-Type: text/markdown\\n"

def pack(path, metadata, code="x = 1\\n", mode=0o644):
    files = {"demo/__init__.py": code.encode(), "demo-1.0.dist-info/METADATA": metadata.encode()}
    rows = ["%s,sha256=%s,%d" % (n, base64.urlsafe_b64encode(hashlib.sha256(d).digest()).rstrip(b"=").decode(), len(d))
            for n, d in files.items()]
    files["demo-1.0.dist-info/RECORD"] = "\\n".join(rows + ["demo-1.0.dist-info/RECORD,,", ""]).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, data)

def twin(name, *args, **more):
    pack(name, *args, **more)
    payload = wheel_twin.write_twin(name, "twin-" + name)
    with zipfile.ZipFile("twin-" + name) as archive:
        read = {n: archive.read(n) for n in archive.namelist()}
    metadata = email.message_from_bytes(read["demo-1.0.dist-info/METADATA"])
    record = [row.split(",") for row in read["demo-1.0.dist-info/RECORD"].decode().splitlines()]
    true = all(base64.urlsafe_b64encode(hashlib.sha256(read[n]).digest()).rstrip(b"=").decode() == h[7:]
               and len(read[n]) == int(size) for n, h, size in record if h)
    return {"payload": payload, "headers": metadata.items(), "body": metadata.get_payload(), "record": true,
            "sha": hashlib.sha256(open("twin-" + name, "rb").read()).hexdigest(), "names": list(read)}

print(json.dumps({
    "one": twin("one.whl", HEAD + "\\n# Demo\\n\\nFirst edition.\\n"),
    "two": twin("two.whl", HEAD + "\\n# Demo\\n\\nSecond edition.\\n"),
    "header": twin("header.whl", "Description: # Demo\\n        |more\\n\\tand more\\n" + HEAD),
    "none": twin("none.whl", HEAD),
    "code": twin("code.whl", HEAD + "\\n# Demo\\n", code="x = 2\\n"),
    "mode": twin("mode.whl", HEAD + "\\n# Demo\\n", mode=0o755),
    "needs": twin("needs.whl", HEAD.replace("six >=1", "six >=2") + "\\n# Demo\\n"),
}))
wheel_twin.without_description = lambda data: data + b"x"
try:
    twin("forged.whl", HEAD + "\\n# Demo\\n")
except ValueError as error:
    print(error)
`

interface Twin {
  readonly payload: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  readonly record: boolean
  readonly sha: string
  readonly names: readonly string[]
}

const [lines = "{}", forged] = execFileSync("python3", ["-c", SCRIPT, PROGRAMS], {
  cwd: mkdtempSync(join(tmpdir(), "quillon-twin-")),
  encoding: "utf8",
  env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
}).split("\n")
const twins = JSON.parse(lines) as Readonly<Record<string, Twin>>

it("is the same whatever the README says, so that an edit of it repeats no test", () => {
  expect(twins.two?.sha).toBe(twins.one?.sha)
  expect(twins.two?.payload).toBe(twins.one?.payload)
})

it.each(["code", "mode", "needs"])("is another where what is installed is another: %s", (name) => {
  expect(twins[name]?.sha).not.toBe(twins.one?.sha)
  expect(twins[name]?.payload).not.toBe(twins.one?.payload)
})

it.each(["one", "header"])("keeps every header, and says why the description is not there: %s", (name) => {
  expect(twins[name]?.headers).toEqual([
    ["Metadata-Version", "2.1"],
    ["Name", "demo"],
    ["Version", "1.0"],
    ["Requires-Dist", "six >=1"],
    ["Description-Content-Type", "text/markdown"],
  ])
  expect(twins[name]?.body).toMatch(/^Quillon runs tests against a wheel without its long description/)
})

it("gives no description to a wheel that has none", () => {
  expect(twins.none?.body).toBe("")
})

it("holds all files, and a RECORD that is true of them", () => {
  expect(twins.one?.names).toEqual(["demo/__init__.py", "demo-1.0.dist-info/METADATA", "demo-1.0.dist-info/RECORD"])
  expect(Object.values(twins).every(({ record }) => record)).toBe(true)
})

it("is refused where it differs in more", () => {
  expect(forged).toBe("the wheel for the tests differs from the wheel in more than its description")
})
