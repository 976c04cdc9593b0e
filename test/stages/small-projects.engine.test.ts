import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { RunStore } from "../../src/pipeline/world.js"
import { build } from "../../src/stages/build.js"
import { coverage } from "../../src/stages/coverage.js"
import { lint } from "../../src/stages/lint.js"
import { resolve } from "../../src/stages/resolve.js"
import { security } from "../../src/stages/security.js"
import { test } from "../../src/stages/test.js"
import { types } from "../../src/stages/types.js"
import { openEngine } from "../engine-session.js"
import { writeFiles } from "../write-files.js"
import { cellOf, runStages } from "./run-stages.js"

const PYPROJECT = `[build-system]
requires = ["flit_core>=3.11,<4"]
build-backend = "flit_core.buildapi"

[project]
name = "small"
version = "1.2.3"
description = "A small package"
requires-python = ">=3.13,<3.14"
classifiers = ["Programming Language :: Python :: 3.13"]
`

const SMALL = {
  "pyproject.toml": PYPROJECT,
  "src/small/__init__.py": 'def double(n: int) -> int:\n    """Twice as much."""\n    return 2 * n\n',
  "tests/test_double.py": "from small import double\n\n\ndef test_double() -> None:\n    assert double(2) == 4\n",
}

async function project(changes: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "quillon-stages-")), "naïve project")
  await writeFiles(folder, { ...SMALL, ...changes })
  return folder
}

const TESTED = { stages: [resolve, build, test] }

let engine: Awaited<ReturnType<typeof openEngine>>
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

it("tests the installed wheel as an ordinary user, with nothing of ours in the environment", async () => {
  const probe = `import os
import sys

import small


def test_surroundings() -> None:
    assert "site-packages" in small.__file__
    assert not os.path.exists("src") and not os.path.exists("/work/src")
    assert os.getuid() != 0 and os.access(os.path.expanduser("~"), os.W_OK)
    leaked = [name for name in os.environ if name.startswith(("UV_", "PIP_", "QUILLON", "PYTHON", "COVERAGE"))]
    assert not [name for name in leaked if name not in ("PYTHON_VERSION", "PYTHON_SHA256")]
    assert [path for path in sys.path if "quillon" in path] == []
    with open("scratch", "w") as file:
        file.write("tests may write")
`
  const report = await runStages(await project({ "tests/test_probe.py": probe }), TESTED)
  const cell = cellOf(report, "test@3.13")
  expect(cell.findings).toEqual([])
  expect(cell.measures.tests).toMatchObject({ passed: 2, failed: 0 })
})

it.each([
  [
    "import os, signal\n\n\ndef test_bad():\n    os.kill(os.getpid(), signal.SIGSEGV)\n",
    "crashed",
    /test_bad .*SIGSEGV/,
  ],
  ["import time\n\n\ndef test_bad():\n    time.sleep(600)\n", "timed-out", /test_bad still ran after 15 s/],
  ["import os\n\n\ndef test_bad():\n    os._exit(0)\n", "exited", /test_bad ended the whole process/],
])("fails, names the test that ran and keeps the counts so far (%#)", async (text, rule, message) => {
  const folder = await project({ "tests/test_z.py": text })
  const cell = cellOf(await runStages(folder, { ...TESTED, settings: { "test.timeout": 15 } }), "test@3.13")
  expect(cell.outcome).toBe("failed")
  expect(cell.findings.find((finding) => finding.rule === rule)?.message).toMatch(message)
  expect(cell.measures.tests).toMatchObject({ passed: 1, failed: 0 })
})

it("names the missing import of a test and the setting that adds it", async () => {
  const folder = await project({ "tests/test_needy.py": "import colorama\n\n\ndef test_it():\n    pass\n" })
  const cell = cellOf(await runStages(folder, TESTED), "test@3.13")
  expect(cell.findings).toMatchObject([{ rule: "error", help: expect.stringContaining('requirements = ["colorama"]') }])
  const helped = await runStages(folder, { ...TESTED, settings: { "test.requirements": ["colorama"] } })
  expect(cellOf(helped, "test@3.13").measures.tests).toMatchObject({ passed: 2, errors: 0 })
})

it("imports tests inside a namespace package by their own name, and checks its types", async () => {
  const folder = await project({
    "pyproject.toml": `${PYPROJECT}\n[tool.flit.module]\nname = "shared.small"\n`,
    "src/shared/small/__init__.py": '"""Small."""\n\nfrom shared.small.inner import one\n\nassert one == 1\n',
    "src/shared/small/inner.py": "one: int = 1\n",
    "src/shared/small/tests/__init__.py": "",
    "src/shared/small/tests/test_name.py": `def test_name():\n    assert __name__ == "shared.small.tests.test_name"\n`,
  })
  const report = await runStages(folder, {
    stages: [...TESTED.stages, types],
    settings: { "test.paths": ["src/shared/small/tests"] },
  })
  expect(cellOf(report, "test@3.13").measures.tests).toMatchObject({ passed: 1, failed: 0 })
  expect(cellOf(report, "types").outcome).toBe("passed")
})

it("fails where nothing satisfies the requirements, and runs no test", async () => {
  const pyproject = `${PYPROJECT}dependencies = ["colorama>0.4.5", "colorama<0.4"]\n`
  const report = await runStages(await project({ "pyproject.toml": pyproject }), TESTED)
  expect(cellOf(report, "resolve@3.13")).toMatchObject({
    outcome: "failed",
    findings: expect.arrayContaining([expect.objectContaining({ rule: "no-solution" })]),
  })
  expect(cellOf(report, "test@3.13").outcome).toBe("skipped")
})

it("fails where the backend refuses to build, with its own words", async () => {
  const pyproject = PYPROJECT.replace('version = "1.2.3"', 'version = "not a version"')
  const report = await runStages(await project({ "pyproject.toml": pyproject }), { stages: [build] })
  expect(cellOf(report, "build")).toMatchObject({ outcome: "failed", findings: [{ rule: "sdist-failed" }] })
})

it("builds the same bytes from the same sources, whatever the times of the files", async () => {
  const setuptools = PYPROJECT.replace("flit_core>=3.11,<4", "setuptools").replace(
    "flit_core.buildapi",
    "setuptools.build_meta",
  )
  const shas: string[][] = []
  for (const comment of ["# one\n", "# two\n"]) {
    // A change outside of the package makes the view another one, so that the second build is not the first's cache.
    const folder = await project({ "pyproject.toml": setuptools, "src/small/py.typed": "", "setup.cfg": comment })
    const { artifacts } = cellOf(await runStages(folder, { stages: [build] }), "build")
    shas.push(artifacts.filter(({ path }) => path.endsWith(".whl")).map(({ sha256 }) => sha256))
  }
  expect(shas[0]).toHaveLength(1)
  expect(shas[1]).toEqual(shas[0])
})

it("finds what ruff, mypy and bandit find", async () => {
  const bad =
    "import os\nimport subprocess\n\n\ndef run(command: str) -> int:\n    return subprocess.call(command, shell=True) + ''\n"
  const report = await runStages(await project({ "src/small/bad.py": bad }), {
    stages: [resolve, lint, types, security],
  })
  expect(cellOf(report, "lint").outcome).toBe("failed")
  expect(cellOf(report, "types").findings).toMatchObject([{ rule: "operator", file: "src/small/bad.py", line: 6 }])
  expect(cellOf(report, "security")).toMatchObject({ outcome: "failed", measures: { high: 1 } })
  expect(cellOf(report, "security").findings.map(({ rule }) => rule)).toContain("B602")
})

it("checks types where mypy is configured to work in parallel, which needs a cache and a folder to write to", async () => {
  const parallel = `${PYPROJECT}\n[tool.mypy]\nnum_workers = 2\n`
  const report = await runStages(await project({ "pyproject.toml": parallel }), { stages: [resolve, types] })
  expect(cellOf(report, "types")).toMatchObject({ outcome: "passed", findings: [] })
})

it("measures on source paths what the installed package covered, and holds it to the minimum", async () => {
  const half = "def one() -> int:\n    return 1\n\n\ndef two() -> int:\n    return 2\n"
  const files = {
    "pyproject.toml": `${PYPROJECT}\n[tool.coverage.run]\nsource = ["src"]\n`,
    "src/small/half.py": half,
    "tests/test_half.py": "from small.half import one\n\n\ndef test_one():\n    assert one() == 1\n",
  }
  const stages = [...TESTED.stages, coverage]
  const folder = await project(files)
  const reports: Record<string, string> = {}
  const store: RunStore = {
    async keep(address, steps) {
      if (address !== "coverage") return
      for (const name of ["coverage.xml", "lcov.info", "html/index.html"]) {
        reports[name] = (await steps[0]?.output.file(`kept/coverage-report/${name}`).contents()) ?? ""
      }
    },
  }
  const open = cellOf(await runStages(folder, { stages, store }), "coverage")
  // As services look for files: by their paths in the repository.
  expect(reports["coverage.xml"]).toMatch(/<source>\.<\/source>/)
  expect(reports["coverage.xml"]).toMatch(/<class [^>]*filename="src\/small\/half\.py"[^>]* line-rate="0\.75"/)
  expect(reports["lcov.info"]).toMatch(/^SF:src\/small\/half\.py$/m)
  expect(reports["html/index.html"]).toContain("half.py")
  // small: two statements, both covered; half: four statements, of which `return 2` is not.
  expect(open).toMatchObject({ outcome: "passed", measures: { lines: { covered: 5, all: 6 } } })
  expect(open.measures.leastCovered).toEqual([["src/small/half.py", 75]])
  const held = cellOf(await runStages(folder, { stages, settings: { "coverage.minimum": 90 } }), "coverage")
  expect(held).toMatchObject({
    outcome: "failed",
    gate: { message: expect.stringContaining("83.33 % of lines (source src) covered, at least 90 % demanded") },
  })
})

it("could not look where a selection leaves no test", async () => {
  const report = await runStages(await project(), { ...TESTED, only: ["test"], args: ["-k", "zebra"] })
  expect(cellOf(report, "test@3.13")).toMatchObject({ outcome: "errored", reason: expect.stringContaining("no test") })
})
