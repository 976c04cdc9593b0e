import { describe, expect, it } from "vitest"
import type { Finding } from "../../src/findings/finding.js"
import { readSourceLines } from "../../src/findings/source-lines.js"
import { finding } from "../cli/reports.js"

function lineOf(differs: Partial<Finding>, files: Readonly<Record<string, string>>) {
  const each = finding(differs) as Finding
  return readSourceLines([each], async (file) => files[file]).then((find) => find(each))
}

describe("readSourceLines", () => {
  it.each([
    ["\n", "one\ntwo\n"],
    ["\r\n", "one\r\ntwo\r\n"],
    ["\r", "one\rtwo\r"],
  ])("gives a finding's line in a file with line ends %j", async (_, text) => {
    expect(await lineOf({ file: "a.py", line: 2 }, { "a.py": text })).toBe("two")
  })

  it.each([
    ["a file that can't be read", { file: "gone.py", line: 1 }],
    ["a line behind the end", { file: "a.py", line: 9 }],
    ["a notebook, whose lines are counted in cells", { file: "a.ipynb", line: 1 }],
    ["a finding with a subject", { file: "a.py", line: 1, subject: "test_a" }],
  ])("gives no line for %s", async (_, differs) => {
    expect(await lineOf(differs, { "a.py": "one", "a.ipynb": "{}" })).toBeUndefined()
  })

  it("reads each file once", async () => {
    const asked: string[] = []
    const findings = Array.from({ length: 40 }, (_, i) => finding({ file: `${i % 20}.py`, line: 1 }) as Finding)
    await readSourceLines(findings, async (file) => {
      asked.push(file)
      return "text"
    })
    expect(asked.length).toBe(20)
  })
})
