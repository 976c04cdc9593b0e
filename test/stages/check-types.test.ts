import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
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

/** Stands for mypy, which imports what it needs before it looks at anything. */
const MYPY = `import sys
import demo
import needed
if sys.argv[-1] == "--flag":
    sys.stderr.write("mypy: error: Missing target module, package, files, or command.")
    sys.exit(2)
print("Success:", demo.own, sys.argv[1:])
`

function check(packages: readonly { name: string; kind: string; path: string }[]) {
  const cwd = mkdtempSync(join(tmpdir(), "quillon-types-"))
  for (const folder of ["src/demo", "site/mypy", "site/mypy-1.0.dist-info"])
    mkdirSync(join(cwd, folder), { recursive: true })
  const files = {
    "src/demo/__init__.py": "own = 1",
    "site/needed.py": "",
    "site/mypy/__main__.py": MYPY,
    "site/mypy/__init__.py": "",
    "site/mypy-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: mypy\nVersion: 1.0\n",
    "plan.json": JSON.stringify({ targets: ["src/demo"], packages, wheel: null }),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
  const start = `import runpy, sys; sys.argv = ["check_types.py", "report.json", "plan.json", "--", "--flag"]; runpy.run_path(${JSON.stringify(join(PROGRAMS, "check_types.py"))}, run_name="__main__")`
  const env = {
    ...process.env,
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONPATH: join(cwd, "site"),
    MYPYPATH: `${cwd}/src:${cwd}/site`,
  }
  const { status, stdout, stderr } = spawnSync("python3", ["-c", start], { cwd, encoding: "utf8", env })
  rmSync(cwd, { recursive: true })
  return { status, stdout: stdout.trim(), stderr }
}

it("gives the project itself to a mypy that requires it", () => {
  expect(check([{ name: "demo", kind: "package", path: "src/demo" }])).toMatchObject({
    status: 0,
    stdout: "Success: 1 ['--flag', 'src/demo']",
  })
})

it.each([
  { name: "demo", kind: "namespace", path: "src/demo" },
  { name: "demo.inner", kind: "package", path: "src/demo" },
])("says where names begin below a folder without __init__: %j", (shared) => {
  expect(check([shared]).stdout).toBe("Success: 1 ['--flag', '--explicit-package-bases', 'src/demo']")
})

it("leaves a module that is missing and not the project's to mypy's own words", () => {
  const { status, stderr } = check([{ name: "other", kind: "package", path: "src/other" }])
  expect(status).toBe(1)
  expect(stderr).toContain("No module named 'demo'")
})
