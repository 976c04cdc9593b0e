import { expect, test } from "vitest"
import { breakText, inspectionTable } from "../../cli/inspection-table.js"
import { createStyle } from "../../cli/style.js"
import { inspectProject } from "../../src/project/inspect.js"
import { memoryFiles } from "../project/memory-files.js"

const pyproject = `[project]
name = "demo"
version = "1.0"
classifiers = ["Programming Language :: Python :: 3.12", "Programming Language :: Python :: 3.8"]
requires-python = ">=3.12"
[build-system]
requires = ["flit_core"]
build-backend = "flit_core.buildapi"
[tool.quillon.coverage]
minimum = 85
`

async function table(columns: number, options: { colour: boolean } = { colour: false }): Promise<string> {
  const inspection = await inspectProject(memoryFiles({ "pyproject.toml": pyproject, "demo.py": "" }))
  return inspectionTable(inspection, { style: createStyle(options), columns })
}

test("each fact has its value, its file and line, and what would change it", async () => {
  const lines = (await table(120)).split("\n")
  expect(lines[0]).toBe("demo 1.0 package")
  const at = lines.findIndex((line) => line.startsWith("  interpreters "))
  expect(lines[at]).toMatch(/^ {2}interpreters +3\.12 +pyproject\.toml:4$/)
  expect(lines[at + 1]).toMatch(/^ +change: the setting python\.versions/)
})

test("values, places and changes stand under one another", async () => {
  const lines = (await table(120))
    .split("\n")
    .filter((line) => /^ {2}\w/.test(line) && / pyproject\.toml:\d+$/.test(line))
  expect(new Set(lines.slice(0, 5).map((line) => line.indexOf("pyproject.toml:"))).size).toBe(1)
})

test("facts that answer one question stand together under its name", async () => {
  const lines = (await table(120)).split("\n")
  const title = lines.indexOf("What is installed")
  expect(lines[title - 1]).toBe("")
  expect(lines.slice(title).findIndex((line) => line.startsWith("  test dependencies "))).toBeGreaterThan(0)
  expect(lines.findIndex((line) => line.startsWith("  build backend "))).toBeLessThan(title)
})

test("contradictions and settings stand apart, with what set them", async () => {
  const text = await table(120)
  expect(text).toMatch(/Contradictions\n.*classifiers name 3\.8/)
  expect(text).toMatch(/Settings\n {2}coverage\.minimum {2}85 {2}pyproject\.toml:10/)
})

test("colours come only when they are wanted", async () => {
  const introducer = "\u001b["
  expect(await table(120)).not.toContain(introducer)
  expect(await table(120, { colour: true })).toContain(introducer)
})

test("on a narrow terminal no line of text is broken inside a word", () => {
  expect(breakText("one two three", 7)).toEqual(["one two", "three"])
  expect(breakText("averylongword b", 5)).toEqual(["averylongword", "b"])
})
