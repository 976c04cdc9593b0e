import type { CellReport, Report } from "../../../src/pipeline/report.js"
import { cellReport, finding, reportOf } from "../reports.js"

const BEGAN = Date.parse("2026-11-24T05:30:12.000Z")
const CELLS = 200
const FINDINGS = 5_000
const TESTS = 20_000

/** A run of 200 cells, 20,000 tests and 5,000 findings, of which 1,000 are failing tests with tracebacks. */
export function syntheticRun(): Report {
  const stages = Array.from({ length: CELLS / 20 }, (_, index) => `stage-${index}`)
  const cells = stages.flatMap((stage, at) =>
    Array.from({ length: 20 }, (_, index): CellReport => {
      const isTest = at >= 8
      const number = at * 20 + index
      const tests = { passed: TESTS / 40 - 25, failed: 25, skipped: 0, xfailed: 0, xpassed: 0, errors: 0 }
      return cellReport({
        stage,
        cell: `3.${index}`,
        outcome: isTest ? "failed" : "passed",
        started: new Date(BEGAN + at * 10_000 + index * 100).toISOString(),
        seconds: 8 + (number % 7),
        after: at === 0 ? [] : [`stage-${at - 1}@3.${index}`],
        ...(isTest
          ? { reason: "25 failed", measures: { tests, slowest: [[`tests/test_a.py::test_${number}`, 1.5]] } }
          : {}),
        findings: isTest ? failures(number, 25) : lints(number, (FINDINGS - 1_000) / 160),
        artifacts: [{ path: `artifacts/x/wheel/${number}.whl`, sha256: "a".repeat(64), bytes: 1234 }],
        tools: [{ name: "pytest", version: "9.0.2" }],
      })
    }),
  )
  return reportOf(cells, { outcome: "failed", seconds: 120 })
}

function lints(cell: number, count: number): CellReport["findings"] {
  return Array.from({ length: count }, (_, index) =>
    finding({
      file: `src/package/module_${(cell * count + index) % 300}.py`,
      line: index + 3,
      message: `\`name_${index}\` is assigned to but never used, which somebody should look at`,
      fingerprint: `lint-${cell}-${index}`,
      help: "https://docs.example.org/rules/unused-variable",
      excerpt: {
        first: index + 1,
        lines: Array.from({ length: 5 }, (_, row) => `    value_${row} = compute(${row}, ${index})`),
      },
    }),
  )
}

function failures(cell: number, count: number): CellReport["findings"] {
  return Array.from({ length: count }, (_, index) =>
    finding({
      tool: "pytest",
      rule: "failed",
      file: `tests/test_${index}.py`,
      subject: `tests/test_${index}.py::test_case_${cell}`,
      message: `tests/test_${index}.py::test_case_${cell}: AssertionError: assert 1 == 2`,
      fingerprint: `test-${cell}-${index}`,
      detail: Array.from({ length: 60 }, (_, row) => `E       - line ${row} of ${cell} ${index}`).join("\n"),
    }),
  )
}
