import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"

const PROGRAMS = join(import.meta.dirname, "../../src/stages/python")

const SCRIPT = `
import json, os, sys, zipfile
sys.path.insert(0, sys.argv[1])
import check_types

os.makedirs("src/demo")
open("src/demo/__init__.py", "w").write("own = 1")
with zipfile.ZipFile("demo.whl", "w") as wheel:
    for name in ("demo/__init__.py", "demo/_version.py", "demo/sub/made.pyi", "demo/data.json", "other/x.py"):
        wheel.writestr(name, "made = 1")
print(json.dumps(check_types.add_generated("demo.whl", [{"name": "demo", "kind": "package", "path": "src/demo"}])))
`

it("puts modules that only the build writes beside the sources, and leaves the sources as they are", () => {
  const cwd = mkdtempSync(join(tmpdir(), "quillon-types-"))
  const options = { cwd, encoding: "utf8", env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" } } as const
  const added: unknown = JSON.parse(execFileSync("python3", ["-c", SCRIPT, PROGRAMS], options))
  expect(added).toEqual(["src/demo/_version.py", "src/demo/sub/made.pyi"])
  expect(readFileSync(join(cwd, "src/demo/_version.py"), "utf8")).toBe("made = 1")
  expect(readFileSync(join(cwd, "src/demo/__init__.py"), "utf8")).toBe("own = 1")
})
