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
  logs: ["lint", "types", "resolve@3.11", "resolve@3.13", "test@3.11", "test@3.13"],
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
      "   shell: quillon debug lint",
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
      "   shell: quillon debug resolve@3.11",
      "",
    ])
  })

  test("one reason is told once, whatever stages it stopped, and no log is named where none was left", () => {
    const trouble = { outcome: "errored", reason: "there is no image python:3.12-slim", next: "choose others" } as const
    const cells = [cellReport({ stage: "security", ...trouble }), cellReport({ stage: "build", ...trouble })]
    expect(describeCells(...cells)).toEqual([
      "security, build could not look: there is no image python:3.12-slim",
      "   next: choose others",
      "",
    ])
  })

  test("a shell is offered in the first cell that has a container", () => {
    const failed = ["3.9", "3.11"].map((cell) => testCell(cell, [finding()]))
    expect(describeCells(...failed)).toContain("   shell: quillon debug test@3.11")
  })

  test("logs of several stages are named by the folder that holds them", () => {
    const trouble = { outcome: "errored", reason: "the engine ended" } as const
    const cells = [cellReport({ stage: "lint", ...trouble }), cellReport({ stage: "types", ...trouble })]
    expect(describeCells(...cells)).toContain("   log: .quillon/runs/x/logs/")
  })

  test("a detail that only repeats the reason is left out", () => {
    const reason = "mypy could not check: no cache"
    expect(describeCells(cellReport({ stage: "types", outcome: "errored", reason, detail: "no cache\n" }))).toEqual([
      "types could not look: mypy could not check: no cache",
      "   log: .quillon/runs/x/logs/types/",
      "   shell: quillon debug types",
      "",
    ])
  })

  test("a traceback that many tests share is shown once", () => {
    const detail = "conftest.py:3: in database\nConnectionError: refused"
    const findings = ["a", "b", "c"].map((name) => finding({ file: `${name}.py`, fingerprint: name, detail }))
    const text = describeCells(testCell("3.11", findings)).join("\n")
    expect(text.match(/refused/g)).toHaveLength(1)
    expect(text.match(/… as above/g)).toHaveLength(2)
  })

  test("what to do about a finding is said once; a rule's page is not", () => {
    const help = 'add it: [tool.quillon.test] requirements = ["numpy"]'
    const findings = [
      finding({ help, fingerprint: "a" }),
      finding({ help, fingerprint: "b" }),
      finding({ help: "https://docs.example/rules/F401", fingerprint: "c" }),
    ]
    const lines = describeCells(cellReport({ outcome: "failed", findings }))
    expect(lines.filter((line) => line.includes("next:"))).toEqual([`   next: ${help}`])
    expect(lines.join("\n")).not.toContain("https://")
  })

  test("in a job's log the shell is opened on another machine, with the job's artifact", () => {
    const text = describeAftermath(reportOf([cellReport({ outcome: "failed" })]), { ...look, archive: "quillon.zip" })
    expect(text).toContain("   shell: quillon debug quillon.zip lint (on your machine, with the job's artifact)")
  })

  test("what to type quotes a folder with spaces", () => {
    const cells = [cellReport({ outcome: "failed" })]
    const text = describeAftermath(reportOf(cells), { ...look, path: "my project" }).join("\n")
    expect(text).toContain("again: quillon lint 'my project'")
    expect(text).toContain("shell: quillon debug lint 'my project'")
  })
})
