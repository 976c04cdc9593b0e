import { execFile } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, it } from "vitest"
import { build } from "../../src/stages/build.js"
import { resolve } from "../../src/stages/resolve.js"
import { test } from "../../src/stages/test.js"
import { types } from "../../src/stages/types.js"
import { openEngine } from "../engine-session.js"
import { factsOf } from "../release/version/facts-of.js"
import { cellOf, runStages } from "./run-stages.js"
import { writeProject } from "./small-files.js"

const SCM = {
  "pyproject.toml": `[build-system]
requires = ["hatchling", "hatch-vcs"]
build-backend = "hatchling.build"

[project]
name = "demo"
dynamic = ["version"]
requires-python = ">=3.13,<3.14"
classifiers = ["Programming Language :: Python :: 3.13"]

[tool.hatch.version]
source = "vcs"
[tool.hatch.build.hooks.vcs]
version-file = "src/demo/_version.py"
`,
  "src/demo/__init__.py": "from demo._version import __version__\n\n__all__ = ['__version__']\n",
  "src/demo/py.typed": "",
  "tests/test_version.py": "import demo\n\n\ndef test_version():\n    assert demo.__version__ == '1.4.1.dev0'\n",
}

let engine: Awaited<ReturnType<typeof openEngine>>
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

it("builds the version of the tag without git, and checks types with the module that the build writes", async () => {
  const versions = async () => factsOf({ tags: { c1: ["v1.4.0"] }, subject: { fromTag: true } })
  const folder = await writeProject(SCM)
  const report = await runStages(folder, { stages: [resolve, build, test, types], versions })
  expect(cellOf(report, "build")).toMatchObject({
    outcome: "passed",
    measures: { wheel: { file: expect.stringContaining("1.4.1.dev0") } },
  })
  expect(cellOf(report, "test@3.13").measures.tests).toMatchObject({ passed: 1, failed: 0 })
  expect(cellOf(report, "types")).toMatchObject({
    outcome: "passed",
    measures: { generated: ["src/demo/_version.py"] },
  })
})

const PLAIN = {
  "pyproject.toml": `[build-system]
requires = ["setuptools==68.0.0"]
build-backend = "setuptools.build_meta"

[project]
name = "demo"
version = "1.0"
requires-python = ">=3.11"
classifiers = ["Programming Language :: Python :: 3.11", "Programming Language :: Python :: 3.13"]

[tool.setuptools]
packages = ["demo"]
`,
  "demo/__init__.py": "where = 'sources'\n",
  "tests/test_demo.py": "import demo\n\n\ndef test_where():\n    assert demo.where == 'elsewhere'\n",
  ".gitignore": "wheelhouse/\n",
}

/** A wheel as another machine would have made it. */
const WHEEL = `
import sys, zipfile
name = sys.argv[1]
with zipfile.ZipFile(name, "w") as wheel:
    wheel.writestr("demo/__init__.py", "where = 'elsewhere'\\n")
    wheel.writestr("demo-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: demo\\nVersion: 1.0\\n")
    wheel.writestr("demo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: %s\\n" % name[9:-4])
    wheel.writestr("demo-1.0.dist-info/RECORD", "demo/__init__.py,,\\ndemo-1.0.dist-info/METADATA,,\\ndemo-1.0.dist-info/WHEEL,,\\n")
`

it("installs what the backend asks for late, by exact version", async () => {
  const report = await runStages(await writeProject(PLAIN), { stages: [build] })
  // setuptools of that age asks for `wheel` only while it is running.
  expect(cellOf(report, "build")).toMatchObject({
    outcome: "passed",
    measures: { requires: { setuptools: "68.0.0", wheel: expect.stringMatching(/^\d/) }, requiredLate: ["wheel"] },
  })
})

it("takes a finished wheel where it fits, though git ignores it, and hands the others on", async () => {
  const made: Record<string, Uint8Array> = {}
  for (const name of [
    "demo-1.0-py3-none-any.whl",
    "demo-1.0-cp313-cp313-win_amd64.whl",
    "other-1.0-py3-none-any.whl",
  ]) {
    const cwd = await writeProject({})
    await promisify(execFile)("python3", ["-c", WHEEL, name], { cwd })
    made[`wheelhouse/${name}`] = await readFile(`${cwd}/${name}`)
  }
  const folder = await writeProject({ ...PLAIN, ...made })
  await promisify(execFile)("git", ["init", "--quiet", folder])
  const settings = { "build.wheels": "wheelhouse" }
  const report = await runStages(folder, { stages: [resolve, build, test], pythons: ["3.13"], settings })
  const { measures, artifacts } = cellOf(report, "build")
  expect(measures).toMatchObject({
    wheel: { file: "demo-1.0-py3-none-any.whl", finished: true },
    elsewhere: ["demo-1.0-cp313-cp313-win_amd64.whl"],
  })
  expect(artifacts.map(({ path }) => path.split("/").slice(-2).join("/"))).toEqual(
    expect.arrayContaining(["wheel-elsewhere/demo-1.0-cp313-cp313-win_amd64.whl", "sdist/demo-1.0.tar.gz"]),
  )
  expect(cellOf(report, "test@3.13").measures.tests).toMatchObject({ passed: 1, failed: 0 })
})
