import { randomInt } from "node:crypto"
import { rm } from "node:fs/promises"
import { dirname } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Report } from "../../src/pipeline/report.js"
import { writeFiles } from "../write-files.js"
import { lastReport, quillon } from "./quillon.js"
import { type Files, smallProject } from "./small-project.js"

const PYPROJECT = `[build-system]
requires = ["hatchling>=1.27,<2"]
build-backend = "hatchling.build"

[project]
name = "small"
version = "1.2.3"
description = "A small package"
readme = "README.md"
requires-python = ">=3.13,<3.14"
classifiers = ["Programming Language :: Python :: 3.13"]

[tool.ruff.format]
[tool.coverage.run]
`

/** Never the same twice, or the engine would remember the edit from another run of these tests. */
const fresh = (): number => randomInt(1e9)

/** Cells of which a step did not come from the engine's cache. */
function ranAgain({ cells }: Report): readonly string[] {
  return cells.flatMap(({ stage, cached }) => (cached === false ? [stage] : []))
}

async function afterEdit(cwd: string, files: Files): Promise<readonly string[]> {
  await writeFiles(cwd, files)
  const { exitCode, all } = await quillon(["ci"], { cwd })
  expect([exitCode, exitCode === 0 ? "" : all]).toEqual([0, ""])
  return ranAgain(await lastReport(cwd))
}

let cwd = ""
beforeAll(async () => {
  cwd = await smallProject({ "pyproject.toml": PYPROJECT, "src/small/one.py": "ONE = 1\n" })
  await afterEdit(cwd, {})
})
afterAll(() => rm(dirname(cwd), { recursive: true, force: true }))

test("an edit of the README builds again, because it is the long description, and tests nothing again", async () => {
  // The bill of materials names the wheel by its hash.
  const again = await afterEdit(cwd, { "README.md": `# small\n\nEdition ${fresh()}.\n` })
  expect(again).toEqual(["build", "sbom"])
})

test("an edit of Python in the README is checked for its format too", async () => {
  const text = `# small\n\n\`\`\`python\nanswer = ${fresh()}\n\`\`\`\n`
  expect(await afterEdit(cwd, { "README.md": text })).toEqual(["lint", "build", "sbom"])
})

test("an edit of a test runs lint, tests and coverage again", async () => {
  const n = fresh()
  const text = `from small import double\n\n\ndef test_double() -> None:\n    assert double(${n}) == ${2 * n}\n`
  // hatchling packs everything tracked into the sdist, the tests too; the wheel that is built from it stays as it was.
  expect(await afterEdit(cwd, { "tests/test_double.py": text })).toEqual(["lint", "build", "test", "coverage"])
})

test("an edit of a source runs everything again that reads sources", async () => {
  const again = await afterEdit(cwd, { "src/small/one.py": `ONE = ${fresh()}\n` })
  expect(again).toEqual(["lint", "build", "types", "security", "test", "coverage", "sbom"])
})

test("an edit of a file that only the sdist packs builds again, and nothing that takes the wheel", async () => {
  expect(await afterEdit(cwd, { ".editorconfig": `# ${fresh()}\n` })).toEqual(["build"])
})
