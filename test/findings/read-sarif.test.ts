import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { readSarif } from "../../src/findings/read-sarif.js"

const RECORDED = readFileSync(join(import.meta.dirname, "../transcripts/own-stage/ruff.sarif"), "utf8")

const RULES = [
  { id: "A1", helpUri: "https://example.org/a1", defaultConfiguration: { level: "note" } },
  { id: "V1", properties: { "security-severity": "9.8" } },
]

function sarif(result: object, run: object = {}): string {
  const driver = { name: "tool", rules: RULES }
  return JSON.stringify({
    version: "2.1.0",
    runs: [{ tool: { driver }, results: [{ message: { text: "m" }, ...result }], ...run }],
  })
}

const at = (uri: string, region: object = {}) => ({
  locations: [{ physicalLocation: { artifactLocation: { uri }, region } }],
})

describe("readSarif", () => {
  it("reads what ruff wrote", () => {
    expect(readSarif(RECORDED)).toMatchObject([
      { tool: "ruff", rule: "I001", severity: "error", file: "/work/m.py", line: 1, column: 1 },
      { tool: "ruff", rule: "F401", message: "`os` imported but unused", line: 1, column: 8 },
    ])
  })

  it.each([
    ["its own level", { level: "error", ruleId: "A1" }, "error"],
    ["its rule's level", { ruleId: "A1" }, "note"],
    ["its rule's level, by index", { ruleIndex: 0 }, "note"],
    ["warning where nobody says", { ruleId: "other" }, "warning"],
    ["its rule's score", { ruleId: "V1", level: "note" }, "critical"],
  ])("takes the severity from %s", (_, result, severity) => {
    expect(readSarif(sarif(result))).toMatchObject([{ severity }])
  })

  it.each([
    ["a suppressed result", { suppressions: [{ kind: "inSource" }] }, 0],
    ["a result whose suppression is under review", { suppressions: [{ status: "underReview" }] }, 1],
    ["a result that passed", { kind: "pass" }, 0],
  ])("counts %s", (_, result, count) => {
    expect(readSarif(sarif(result))).toHaveLength(count)
  })

  it.each([
    ["src/a%20b.py", "src/a b.py"],
    ["file:///work/a.py", "/work/a.py"],
    ["https://example.org/a.py", undefined],
    ["src/100%.py", "src/100%.py"],
  ])("takes the place %s as %s", (uri, file) => {
    expect(readSarif(sarif(at(uri, { startLine: 3 })))?.[0]).toMatchObject({
      message: "m",
      ...(file ? { file, line: 3 } : {}),
    })
    if (file === undefined) expect(readSarif(sarif(at(uri)))?.[0]).not.toHaveProperty("file")
  })

  it.each([
    ["text", "no json"],
    ["what was cut off", RECORDED.slice(0, 900)],
    ["another version", JSON.stringify({ version: "2.0.0", runs: [] })],
    ["a run that says that it failed", sarif({}, { invocations: [{ executionSuccessful: false }] })],
  ])("has no answer for %s", (_, text) => {
    expect(readSarif(text)).toBeUndefined()
  })
})
