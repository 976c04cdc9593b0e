import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Report } from "../../src/pipeline/report.js"
import { build } from "../../src/stages/build.js"
import { resolve } from "../../src/stages/resolve.js"
import { test } from "../../src/stages/test.js"
import { openEngine } from "../engine-session.js"
import { fetchProject, RELEASES } from "../projects.js"
import { cellOf, runStages } from "./run-stages.js"
import { writeProject } from "./small-files.js"

const STAGES = [resolve, build, test]
const PYTHONS = ["3.9", "3.11", "3.13"]

const SMALL = {
  "pyproject.toml": `[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "fast"
version = "1.0"
requires-python = ">=3.9"
classifiers = ["Programming Language :: Python :: 3.9", "Programming Language :: Python :: 3.13"]

[tool.setuptools]
packages = ["fast"]
package-dir = { "" = "src" }
ext-modules = [{ name = "fast._speedups", sources = ["src/fast/_speedups.c"] }]
`,
  "src/fast/__init__.py": "from fast._speedups import answer\n",
  "src/fast/_speedups.c": `#include <Python.h>

static PyObject *answer(PyObject *self, PyObject *args) { return PyLong_FromLong(42); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, 0}, {0}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_speedups", 0, -1, methods};
PyMODINIT_FUNC PyInit__speedups(void) { return PyModule_Create(&module); }
`,
  "tests/test_fast.py": "import fast\n\n\ndef test_answer():\n    assert fast.answer() == 42\n",
}

let engine: Awaited<ReturnType<typeof openEngine>>
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

const filesOf = (report: Report, address: string, suffix: string) =>
  cellOf(report, address).artifacts.filter(({ path }) => path.endsWith(suffix))

describe("a package with an extension module", () => {
  it("gets a wheel for each interpreter, of one sdist, that an index takes", async () => {
    const report = await runStages(await writeProject(SMALL), { stages: STAGES, pythons: ["3.9", "3.13"] })
    const names = ["3.9", "3.13"].map((python) => {
      const [wheel] = filesOf(report, `build@${python}`, ".whl")
      return wheel?.path.split("/").at(-1)
    })
    expect(names).toEqual([
      expect.stringMatching(/^fast-1\.0-cp39-cp39-manylinux/),
      expect.stringMatching(/^fast-1\.0-cp313-cp313-manylinux/),
    ])
    const sdists = ["3.9", "3.13"].flatMap((python) => filesOf(report, `build@${python}`, ".tar.gz"))
    expect(new Set(sdists.map(({ sha256 }) => sha256)).size).toBe(1)
    for (const python of ["3.9", "3.13"]) {
      expect(cellOf(report, `test@${python}`).measures.tests).toMatchObject({ passed: 1, failed: 0 })
    }
  })

  it("fails where the build leaves the extension out without a word", async () => {
    const silent = { ...SMALL, "pyproject.toml": SMALL["pyproject.toml"].replace(/ext-modules.*\n/, "") }
    const setup = `from setuptools import setup

ext_modules = ["only", "for", "show"]
setup(ext_modules=[] if ext_modules else ext_modules)
`
    const folder = await writeProject({ ...silent, "setup.py": setup })
    const report = await runStages(folder, { stages: [build], pythons: ["3.13"], settings: { "build.pure": false } })
    expect(cellOf(report, "build@3.13")).toMatchObject({
      outcome: "failed",
      findings: expect.arrayContaining([expect.objectContaining({ rule: "purer-than-project" })]),
    })
  })
})

it("builds and tests MarkupSafe on each interpreter, with its extension", async () => {
  const folder = await fetchProject(RELEASES.markupsafe)
  const report = await runStages(folder, { stages: STAGES, pythons: PYTHONS, settings: { timeout: 900 } })
  for (const python of PYTHONS) {
    expect([python, cellOf(report, `build@${python}`).outcome]).toEqual([python, "passed"])
    expect(filesOf(report, `build@${python}`, ".whl")[0]?.path).toMatch(/manylinux2014|manylinux_2_\d+/)
    // Half of its tests are for the extension; without it they are skipped.
    expect(cellOf(report, `test@${python}`).measures.tests).toMatchObject({ failed: 0, errors: 0, skipped: 1 })
  }
})
