import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, it } from "vitest"

const PROGRAMS = join(import.meta.dirname, "../../src/stages/python")

const PROGRAM = `
import json, os, sys, tempfile
sys.path.insert(0, sys.argv[1])
from build import strange_names
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(os.path.join(folder, "demo"))
    for name in (b"caf\\xe9.txt", "caf\\u00e9.txt".encode(), b"plain.txt"):
        open(os.path.join(os.fsencode(folder), b"demo", name), "wb").close()
    print(json.dumps(list(strange_names(folder))))
`

it("finds file names that are not UTF-8, and no other", () => {
  const env = { ...process.env, PYTHONUTF8: "1" }
  const found: unknown = JSON.parse(execFileSync("python3", ["-B", "-c", PROGRAM, PROGRAMS], { encoding: "utf8", env }))
  expect(found).toEqual([String.raw`demo/caf\xe9.txt`])
})
