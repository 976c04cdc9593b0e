import { describe, expect, test } from "vitest"
import { describeAftermath } from "../../../cli/board/aftermath.js"
import { createStyle } from "../../../cli/style.js"
import type { CellReport } from "../../../src/pipeline/report.js"
import { cellReport, finding, reportOf } from "../reports.js"

const look = {
  style: createStyle({ colour: false }),
  columns: 100,
  folder: ".quillon/runs/x",
  path: ".",
  limit: 20,
}
const describeCells = (...cells: readonly CellReport[]) => describeAftermath(reportOf(cells), look)

describe("describeAftermath", () => {
  test("says nothing when all is well", () => {
    expect(describeCells(cellReport({ findings: [finding()] }), cellReport({ outcome: "skipped" }))).toEqual([])
  })

  test("groups findings by file, then says where all of it is and what to type", () => {
    const findings = [
      finding(),
      finding({ rule: "E501", line: 9, column: 1, message: "Line too long", fingerprint: "f2" }),
      finding({ file: "src/b.py", fingerprint: "f3" }),
    ]
    expect(describeCells(cellReport({ outcome: "failed", reason: "3 findings", findings }))).toEqual([
      "lint 3 findings",
      "   src/a.py",
      "     3:8     F401  `os` imported but unused",
      "     9:1     E501  Line too long",
      "   src/b.py",
      "     3:8     F401  `os` imported but unused",
      "   log: .quillon/runs/x/logs/lint/",
      "   again: quillon lint",
      "",
    ])
  })

  const testCell = (cell: string, findings: CellReport["findings"]) =>
    cellReport({ stage: "test", cell, outcome: "failed", measures: { tests: { failed: findings.length } }, findings })

  test("a failure that all interpreters have is shown once, another with its interpreters", () => {
    const everywhere = finding({ rule: "failed", message: "tests/t.py::test_a: assert 1 == 2", fingerprint: "a" })
    const only = finding({ rule: "failed", message: "tests/t.py::test_b: boom", fingerprint: "b" })
    const lines = describeCells(testCell("3.11", [everywhere]), testCell("3.13", [everywhere, only])).join("\n")
    expect(lines.match(/test_a/g)).toHaveLength(2)
    expect(lines).toContain("test_a: assert 1 == 2\n")
    expect(lines).toContain("test_b: boom (3.13)")
    expect(lines).toContain("again: quillon test@3.11 -- -k test_a")
  })

  test("shows a failing test's output, bounded, without its escapes", () => {
    const detail = `${Array.from({ length: 60 }, (_, i) => `line ${i}`).join("\n")}\n\u001b[31m::error::x`
    const lines = describeCells(testCell("3.11", [finding({ detail })]))
    expect(lines.filter((line) => /line \d+/.test(line)).length).toBeLessThan(30)
    expect(lines.join("\n")).toContain("… 37 lines more above")
    expect(lines.join("\n")).toContain("\\::error::x")
    expect(lines.join("\n")).not.toContain("\u001b")
  })

  test("more findings than the limit are counted", () => {
    const findings = Array.from({ length: 25 }, (_, i) => finding({ line: i + 1, fingerprint: `f${i}` }))
    expect(describeCells(cellReport({ outcome: "failed", findings })).join("\n")).toContain(
      "and 5 more findings in .quillon/runs/x/report.json",
    )
  })

  test("cells that could not look for the same reason are named together, with the next step", () => {
    const trouble = { outcome: "errored", reason: "index unreachable", next: "check the network" } as const
    expect(
      describeCells(
        cellReport({ stage: "resolve", cell: "3.11", ...trouble }),
        cellReport({ stage: "resolve", cell: "3.13", ...trouble }),
      ),
    ).toEqual([
      "resolve@3.11, 3.13 could not look: index unreachable",
      "   next: check the network",
      "   log: .quillon/runs/x/logs/resolve@*/",
      "",
    ])
  })

  test("what to type quotes a folder with spaces", () => {
    const cells = [cellReport({ outcome: "failed" })]
    expect(describeAftermath(reportOf(cells), { ...look, path: "my project" }).join("\n")).toContain(
      "again: quillon lint 'my project'",
    )
  })
})
