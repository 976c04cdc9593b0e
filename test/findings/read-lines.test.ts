import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { readLines } from "../../src/findings/read-lines.js"

const RECORDED = readFileSync(join(import.meta.dirname, "../transcripts/own-stage/mypy-and-ruff.txt"), "utf8")

it("reads what mypy and ruff printed, and not their last words", () => {
  expect(readLines(RECORDED, "t")).toEqual([
    {
      tool: "t",
      rule: "return-value",
      severity: "error",
      file: "m.py",
      line: 3,
      column: 12,
      message: 'Incompatible return value type (got "int", expected "str")  [return-value]',
    },
    { tool: "t", rule: "I001", severity: "error", file: "m.py", line: 1, column: 1, message: expect.any(String) },
    { tool: "t", rule: "F401", severity: "error", file: "m.py", line: 1, column: 8, message: expect.any(String) },
  ])
})

it.each([
  ["a.c:3:1: warning: unused variable 'x' [unused]", { severity: "warning", rule: "unused", line: 3 }],
  ["docs/a b.md:7: note: a place", { severity: "note", file: "docs/a b.md" }],
  ["src/a.py:9:# TODO", { file: "src/a.py", line: 9, message: "# TODO" }],
  ["./x.sh:1:2: SC2086: Double quote", { rule: "SC2086", message: "SC2086: Double quote" }],
])("reads %s", (line, expected) => {
  expect(readLines(line, "t")).toMatchObject([expected])
})

it.each([
  "http://example.org:80/: moved",
  "12:30:01: started",
  "at 12:30:01",
  "Error: no such file",
  "a.py:0: nothing",
  "",
  "  a.py:1: indented",
])("takes %j for talk", (line) => {
  expect(readLines(line, "t")).toEqual([])
})
