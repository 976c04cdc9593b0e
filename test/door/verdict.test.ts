import { describe, expect, it } from "vitest"
import { describeTrouble } from "../../src/door/verdict.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"

function cell(fields: Partial<CellReport>): CellReport {
  const base = { stage: "lint", cell: "", outcome: "passed", seconds: 1, cached: null, attempts: 1 } as const
  return { ...base, tools: [], measures: {}, findings: [], artifacts: [], ...fields }
}

function report(outcome: Report["outcome"], cells: readonly CellReport[]): Report {
  return {
    schema: 1,
    id: "run",
    started: "2026-01-01T00:00:00.000Z",
    project: { name: "itsdangerous", path: "." },
    commit: null,
    dirty: null,
    engine: { version: "v0.21.7", host: "module" },
    images: [],
    outcome,
    seconds: 1,
    cells: [...cells],
  }
}

const finding = {
  tool: "ruff",
  rule: "F401",
  severity: "warning" as const,
  file: "src/a.py",
  line: 3,
  message: "unused import",
  fingerprint: "f",
}

describe("describeTrouble", () => {
  it("has nothing to say of a run that passed", () => {
    expect(describeTrouble(report("passed", [cell({})]))).toBeUndefined()
  })

  it("begins with failed: and counts both kinds where a gate failed", () => {
    const cells = [
      cell({}),
      cell({ stage: "types", outcome: "failed", gate: { demands: "no error", passed: false, message: "1 error" } }),
      cell({ stage: "test", cell: "3.11", outcome: "errored", reason: "the index is down", next: "try again" }),
      cell({ stage: "test", cell: "3.12", outcome: "skipped", skip: "no-image", reason: "there is no image" }),
    ]
    expect(describeTrouble(report("failed", cells))).toBe(
      [
        "failed: itsdangerous: 1 failed, 1 could not look, 1 without an image, 1 passed",
        "",
        "types: 1 error",
        "",
        "test@3.11: could not look: the index is down",
        "  next: try again",
        "",
        "test@3.12: could not look: there is no image",
      ].join("\n"),
    )
  })

  it("begins with could not look: where nothing failed", () => {
    const cells = [cell({ outcome: "errored", reason: "the tool crashed" })]
    expect(describeTrouble(report("errored", cells))).toMatch(
      /^could not look: itsdangerous: 1 could not look, 0 passed/,
    )
  })

  it("names twenty findings and counts the rest", () => {
    const cells = [cell({ outcome: "failed", findings: Array.from({ length: 23 }, () => finding) })]
    const lines = describeTrouble(report("failed", cells))?.split("\n") ?? []
    expect(lines.filter((line) => line === "  src/a.py:3: F401 unused import")).toHaveLength(20)
    expect(lines).toContain("  and 3 more")
  })
})
