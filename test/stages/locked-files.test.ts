import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"

const PROGRAMS = join(import.meta.dirname, "../../src/stages/python")

// What uv compiles: two files of each release are on the index.
const COMPILED = `idna==3.10 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
six==1.16.0 ; python_version < '4' \\
    --hash=sha256:cc \\
    --hash=sha256:dd
pytest==9.2.0 \\
    --hash=sha256:ee
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quillon-locked-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What resolve.py leaves of the compiled file, and which releases it has no file of. */
function held(kind: "poetry" | "pdm", lock: string): { text: string; foreign: readonly string[] } {
  const path = join(folder, `${kind}.lock`)
  writeFileSync(path, lock)
  writeFileSync(join(folder, "compiled.txt"), COMPILED)
  const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import resolve
resolver = resolve.Resolver({"name": "small", "lock": {"kind": sys.argv[3], "path": sys.argv[4]}}, sys.argv[2])
lines = resolve.read(sys.argv[2] + "/compiled.txt").splitlines(keepends=True)
resolve.write(sys.argv[2] + "/held.txt", "".join(resolver.held(lines)))
print(json.dumps(sorted(resolver.foreign)))
`
  const foreign = execFileSync("python3", ["-B", "-c", program, PROGRAMS, folder, kind, path], { encoding: "utf8" })
  return { text: readFileSync(join(folder, "held.txt"), "utf8"), foreign: JSON.parse(foreign) }
}

const LOCKED = `[[package]]
name = "idna"
version = "3.10"
files = [{file = "idna-3.10-py3-none-any.whl", hash = "sha256:bb"}]

[[package]]
name = "six"
version = "1.16.0"
files = [{file = "six-1.16.0-py2.py3-none-any.whl", hash = "sha256:ff"}]
`

test("of a locked release only the files that the lock names may be installed; the others stay as they are", () => {
  const { text, foreign } = held("poetry", LOCKED)
  expect(text).toContain("idna==3.10 \\\n    --hash=sha256:bb\nsix==1.16.0")
  expect(text).not.toContain("sha256:aa")
  expect(text).toContain("pytest==9.2.0 \\\n    --hash=sha256:ee\n")
  expect(foreign).toEqual(["six 1.16.0"])
})

test.each([
  ["poetry", 'idna = [{file = "idna-3.10.tar.gz", hash = "sha256:aa"}]'],
  ["pdm", '"idna 3.10" = [{url = "https://example.org/idna-3.10.tar.gz", hash = "sha256:aa"}]'],
] as const)("an older lock of %s, whose files stand in one table, holds as well", (kind, files) => {
  const { text, foreign } = held(kind, `[[package]]\nname = "idna"\nversion = "3.10"\n\n[metadata.files]\n${files}\n`)
  expect(text).toContain("idna==3.10 \\\n    --hash=sha256:aa\nsix==1.16.0 ; python_version < '4' \\\n")
  expect(foreign).toEqual([])
})
