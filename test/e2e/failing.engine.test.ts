import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { cellOf, lastReport, outcomes, quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"

const testFile = (body: string) => ({ "tests/test_double.py": body })

describe("a project with a failing test", () => {
  const files = testFile("def test_sum() -> None:\n    assert 1 + 1 == 3\n")

  test("exits with 1, shows the assertion and its place, and the other cells stand", async () => {
    const cwd = await smallProject(files)
    const { exitCode, all } = await quillon(["ci"], { cwd })
    expect(exitCode).toBe(1)
    expect(all).toContain("assert (1 + 1) == 3")
    expect(all).toContain("tests/test_double.py")
    expect(outcomes(await lastReport(cwd))).toMatchObject({ lint: "passed", build: "passed", "test@3.13": "failed" })
  })

  test("runs only what did not pass when --failed asks for it", async () => {
    const cwd = await smallProject(files)
    await quillon(["ci"], { cwd })
    const { exitCode } = await quillon(["ci", "--failed"], { cwd })
    expect(exitCode).toBe(1)
    expect(outcomes(await lastReport(cwd))).toEqual({
      "resolve@3.13": "passed",
      build: "passed",
      "test@3.13": "failed",
    })
  })
})

test("a build that fails leaves the tests skipped with its name, and lint and types stand", async () => {
  const cwd = await smallProject({ "src/small/__init__.py": "", LICENSE: "" })
  const broken = await smallProject({
    "pyproject.toml":
      '[build-system]\nrequires = ["flit_core>=3.11"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "small"\nversion = "1.0"\ndescription = "x"\nrequires-python = ">=3.13,<3.14"\nreadme = "MISSING.md"\n',
  })
  await quillon(["ci"], { cwd: broken })
  const report = await lastReport(broken)
  expect(["failed", "errored"]).toContain(cellOf(report, "build").outcome)
  expect(cellOf(report, "test@3.13")).toMatchObject({ outcome: "skipped", reason: expect.stringContaining("build") })
  expect(cellOf(report, "lint").outcome).toBe("passed")
  expect(cwd).not.toBe(broken)
})

describe("a test that does not end by itself", () => {
  test("fails after the time-out with its name, and its log is kept", async () => {
    const cwd = await smallProject(
      testFile("import time\n\n\ndef test_hangs() -> None:\n    print('before', flush=True)\n    time.sleep(600)\n"),
    )
    const { exitCode, all } = await quillon(["ci", "--only", "test", "--timeout", "20"], { cwd })
    expect(exitCode).toBe(1)
    expect(all).toContain("test_hangs")
    expect(cellOf(await lastReport(cwd), "test@3.13").outcome).toBe("failed")
    expect(await readFile(join(cwd, ".quillon/runs/latest/logs/test@3.13/pytest.log"), "utf8")).toContain(
      "test session starts",
    )
  })

  test.each([
    ["segfaults", "os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"],
    ["is killed", "os.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"],
  ])("fails by name when it %s", async (_, deed, signal) => {
    const cwd = await smallProject(testFile(`import os\nimport signal\n\n\ndef test_dies() -> None:\n    ${deed}\n`))
    const { exitCode, all } = await quillon(["test"], { cwd })
    expect(exitCode).toBe(1)
    expect(all).toContain(signal)
    expect(all).toContain("test_dies")
  })
})

describe("what tests print", () => {
  test("cannot speak to the terminal or to a CI system", async () => {
    const cwd = await smallProject(
      testFile(
        "def test_loud() -> None:\n    print('\\x1b[2J\\x1b]0;title\\x07')\n    print('::error::stop')\n    assert False\n",
      ),
    )
    const { all = "" } = await quillon(["test"], { cwd })
    expect(all).not.toContain("\x1b[2J")
    expect(all).not.toContain("\x1b]0;")
    expect(all.split("\n").filter((line) => line.trimStart().startsWith("::error"))).toEqual([])
  })

  test("is bounded on the screen and whole on disk, 200 MB of it", async () => {
    const cwd = await smallProject(
      testFile(
        "import sys\n\n\ndef test_floods() -> None:\n    for _ in range(200):\n        sys.stdout.write('x' * 999_999 + '\\n')\n    assert False\n",
      ),
    )
    const { all = "", exitCode } = await quillon(["test", "--", "-s"], { cwd })
    expect(exitCode).toBe(1)
    expect(all.length).toBeLessThan(100_000)
    const { size } = await stat(join(cwd, ".quillon/runs/latest/logs/test@3.13/pytest.log"))
    expect(size).toBeGreaterThanOrEqual(200_000_000)
  })
})

test("settings of the project reach its stages", async () => {
  const cwd = await smallProject({
    ...withSettings('[tool.quillon.test]\nenv = { ANSWER = "42" }'),
    ...testFile("import os\n\n\ndef test_answer() -> None:\n    assert os.environ['ANSWER'] == '42'\n"),
  })
  expect((await quillon(["test"], { cwd })).exitCode).toBe(0)
})
