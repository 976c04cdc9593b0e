import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"

const PROGRAM = join(import.meta.dirname, "../../src/stages/python/run_tests.py")
const PYTHON = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim()

/** Stands for pytest: leaves a file and a record, and fails in parallel where it is told to. */
const PYTEST = `import os, sys
os.makedirs(os.environ["RECORDS"], exist_ok=True)
parallel = "-n" in sys.argv
with open(os.path.join(os.environ["RECORDS"], "who"), "w") as file:
    file.write("parallel" if parallel else "serial")
if os.path.exists("left") or os.path.exists("tests/left"):
    sys.exit(9)
open("left", "w").close()
open("tests/left", "w").close()
sys.exit(int(os.environ["PARALLEL_EXIT"]) if parallel else int(os.environ["SERIAL_EXIT"]))
`

function run(parallelExit: number, serialExit: number) {
  const root = mkdtempSync(join(tmpdir(), "quillon-parallel-"))
  const [work, records, parallel] = ["work", "records", "parallel"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(join(work, "tests"), { recursive: true })
  writeFileSync(join(work, "tests/test_a.py"), "")
  mkdirSync(join(root, "modules/pytest"), { recursive: true })
  writeFileSync(join(root, "modules/pytest/__main__.py"), PYTEST)
  writeFileSync(join(root, "modules/pytest/__init__.py"), "")
  const plan = { workers: 2, records, parallel, serial: [PYTHON, "-m", "pytest"], covered: null }
  const env = {
    ...process.env,
    ...{ PYTHONPATH: join(root, "modules"), PYTHONDONTWRITEBYTECODE: "1", RECORDS: records },
    ...{ PARALLEL_EXIT: String(parallelExit), SERIAL_EXIT: String(serialExit) },
  }
  const { status } = spawnSync(PYTHON, [PROGRAM, JSON.stringify(plan), "--", "-q"], { cwd: work, env })
  const who = (folder: string) => (existsSync(folder) ? readFileSync(join(folder, "who"), "utf8") : undefined)
  return { status, records: who(records), parallel: who(parallel), left: readdirSync(work).sort() }
}

it("believes several processes that all passed", () => {
  expect(run(0, 1)).toEqual({ status: 0, records: "parallel", parallel: undefined, left: ["left", "tests"] })
})

it.each([0, 1])(
  "takes the word of one process where several failed, in a folder as it was before: exit code %d",
  (code) => {
    expect(run(1, code)).toMatchObject({ status: code, records: "serial", parallel: "parallel" })
  },
)

it("asks nobody again where no test was found", () => {
  expect(run(5, 0)).toMatchObject({ status: 5, records: "parallel" })
})
