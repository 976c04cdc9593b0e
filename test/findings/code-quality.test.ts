import { describe, expect, it } from "vitest"
import { renderCodeQuality } from "../../src/findings/code-quality.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"
import { cellReport, finding, reportOf } from "../cli/reports.js"

const issues = (cells: readonly CellReport[], differs: Partial<Report> = {}) =>
  JSON.parse(renderCodeQuality(reportOf(cells, differs)))

describe("renderCodeQuality", () => {
  it("has what GitLab asks of an issue", () => {
    expect(issues([cellReport({ findings: [finding()] })])).toEqual([
      {
        description: "`os` imported but unused",
        check_name: "ruff: F401",
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: "major",
        location: { path: "src/a.py", lines: { begin: 3 } },
      },
    ])
  })

  it.each([
    ["note", "info"],
    ["low", "minor"],
    ["warning", "minor"],
    ["medium", "major"],
    ["error", "major"],
    ["high", "critical"],
    ["critical", "blocker"],
  ] as const)("says %s in GitLab's word %s", (severity, word) => {
    expect(issues([cellReport({ findings: [finding({ severity })] })])[0].severity).toBe(word)
  })

  it("has no fingerprint twice, though several cells and stages have the finding", () => {
    const findings = [finding()]
    const cells = [
      cellReport({ stage: "own", cell: "3.11", findings }),
      cellReport({ stage: "own", cell: "3.13", findings }),
      cellReport({ stage: "lint", findings }),
    ]
    const prints = issues(cells).map(({ fingerprint }: { fingerprint: string }) => fingerprint)
    expect(prints).toHaveLength(2)
    expect(new Set(prints).size).toBe(2)
  })

  it("keeps findings of two projects of one repository apart", () => {
    const [one] = issues([cellReport({ findings: [finding()] })])
    const [other] = issues([cellReport({ findings: [finding()] })], { project: { name: "x", path: "sub" } })
    expect(other.fingerprint).not.toBe(one.fingerprint)
    expect(other.location.path).toBe("sub/src/a.py")
  })

  it("leaves out failing tests, and is a list when there is nothing", () => {
    const tests = { passed: 0, failed: 1, skipped: 0, xfailed: 0, xpassed: 0, errors: 0 }
    expect(issues([cellReport({ measures: { tests }, findings: [finding()] })])).toEqual([])
  })
})
