import { describe, expect, test } from "vitest"
import { githubAnnotations } from "../../../cli/board/github-annotations.js"
import type { CellReport } from "../../../src/pipeline/report.js"
import { cellReport, finding, reportOf } from "../reports.js"

const annotate = (...cells: readonly CellReport[]) => githubAnnotations(reportOf(cells))
const failed = (findings: CellReport["findings"], differs: Partial<CellReport> = {}) =>
  cellReport({ outcome: "failed", reason: "why", findings, ...differs })
const many = (count: number, differs: Parameters<typeof finding>[0]) =>
  Array.from({ length: count }, (_, i) => finding({ line: i + 1, fingerprint: `${differs?.severity}${i}`, ...differs }))

describe("githubAnnotations", () => {
  test("there are none when all is well, whatever was found below the gate", () => {
    expect(annotate(cellReport({ findings: [finding()] }), cellReport({ outcome: "skipped" }))).toEqual([])
  })

  test("a finding stands at its place, with what to do", () => {
    expect(annotate(failed([finding({ help: "ruff format" })]))).toEqual([
      "::error file=src/a.py,line=3,col=8,title=ruff F401::`os` imported but unused%0Aruff format",
    ])
  })

  test("what could not look, and a cell that failed without a finding, have no place and are told", () => {
    expect(
      annotate(
        cellReport({ stage: "types", outcome: "errored", reason: "no network", next: "run again" }),
        failed([], { stage: "coverage", reason: "89.00 % is below 90 %" }),
      ),
    ).toEqual([
      "::error title=types could not look::no network%0Anext: run again",
      "::error title=coverage failed::89.00 %25 is below 90 %25",
    ])
  })

  test("of many, ten of each kind are shown, the worst first, and how many more there are", () => {
    const findings = [
      ...many(12, { severity: "warning" }),
      ...many(9, { severity: "error" }),
      ...many(3, { severity: "high" }),
    ]
    const lines = annotate(failed(findings))
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      ...Array(10).fill("::error"),
      ...Array(10).fill("::warning"),
      "::notice",
    ])
    expect(lines.at(-1)).toContain("4 more findings")
  })

  test("a failing test comes before any other finding", () => {
    const test = failed([finding({ tool: "pytest", rule: "failed", fingerprint: "t" })], {
      stage: "test",
      cell: "3.11",
    })
    expect(annotate(failed(many(10, { severity: "critical" })), test)[0]).toContain("title=pytest failed")
  })

  test("what several cells found is told once, and what the baseline has is not", () => {
    const cells = ["3.11", "3.13"].map((cell) => failed([finding()], { stage: "test", cell }))
    expect(annotate(...cells)).toHaveLength(1)
    expect(annotate(failed([finding(), finding({ fingerprint: "f2", baselined: "f2" })]))).toHaveLength(1)
  })

  test("paths are those of the repository, because GitHub looks for them there", () => {
    const report = reportOf([failed([finding()])], { project: { name: "x", path: "libs/x" } })
    expect(githubAnnotations(report)[0]).toContain("file=libs/x/src/a.py,")
  })
})
