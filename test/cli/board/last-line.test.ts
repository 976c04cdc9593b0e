import { describe, expect, test } from "vitest"
import { lastLine } from "../../../cli/board/last-line.js"
import type { CellReport, Report } from "../../../src/pipeline/report.js"
import { cellReport, reportOf } from "../reports.js"

const passed = cellReport()
const cached = cellReport({ cached: true })
const failed = cellReport({ outcome: "failed" })
const errored = cellReport({ outcome: "errored" })
const cell = (python: string, differs: Partial<CellReport> = {}) =>
  cellReport({ stage: "test", cell: python, ...differs })
const noImage = { outcome: "skipped", skip: "no-image" } as const

describe("lastLine", () => {
  test.each<[string, readonly CellReport[], Report["outcome"], string]>([
    ["all well", [passed, passed], "passed", "passed: 2 cells in 4.2 s"],
    ["one cell", [passed], "passed", "passed: 1 cell in 4.2 s"],
    ["some from the cache", [passed, cached], "passed", "passed: 2 cells (1 cached) in 4.2 s"],
    ["all from the cache", [cached, cached], "passed", "passed: 2 cells (all cached) in 4.2 s"],
    [
      "a cell without a tool is neither cached nor not",
      [cached, cellReport({ stage: "version", cached: null })],
      "passed",
      "passed: 2 cells (all cached) in 4.2 s",
    ],
    [
      "a cell of which nobody saw whether it was cached is not called so",
      [cached, cellReport({ cached: null, tools: [{ name: "ruff", version: "0.17.6" }] })],
      "passed",
      "passed: 2 cells (1 cached) in 4.2 s",
    ],
    ["a failure", [failed, passed], "failed", "failed: 1 of 2 cells failed in 4.2 s"],
    [
      "both kinds, and Pythons that could not be had",
      [failed, errored, cell("3.9"), cell("3.10", noImage), cell("3.11"), cell("3.12", noImage), cell("3.13")],
      "failed",
      "failed: 1 of 7 cells failed, 1 could not look, 2 skipped (3 of 5 Pythons) in 4.2 s",
    ],
    ["nobody looked", [errored, passed], "errored", "could not look: 1 of 2 cells in 4.2 s"],
    [
      "what was needed was not there",
      [cellReport({ outcome: "skipped", skip: "cancelled" }), passed],
      "errored",
      "could not look: 1 of 2 cells never ran in 4.2 s",
    ],
    [
      "a stage that does not apply is not counted",
      [passed, cellReport({ outcome: "skipped", skip: "not-applicable" })],
      "passed",
      "passed: 1 cell in 4.2 s",
    ],
    [
      "nothing applies",
      [cellReport({ outcome: "skipped", skip: "not-applicable" })],
      "skipped",
      "nothing to do: no stage applies to parcels in 4.2 s",
    ],
  ])("%s", (_name, cells, outcome, line) => {
    expect(lastLine(reportOf(cells, { outcome }), { interrupted: false })).toBe(line)
  })

  test("an interrupt is said first", () => {
    const cells = [passed, failed, cellReport({ outcome: "skipped", skip: "cancelled" })]
    expect(lastLine(reportOf(cells, { outcome: "failed" }), { interrupted: true })).toBe(
      "interrupted: 2 of 3 cells had ended, 1 failed in 4.2 s",
    )
  })
})
