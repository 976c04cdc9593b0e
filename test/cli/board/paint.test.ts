import { describe, expect, test } from "vitest"
import { paintBoard } from "../../../cli/board/paint.js"
import { advance, type BoardState, EMPTY_BOARD } from "../../../cli/board/state.js"
import { createStyle, widthOf } from "../../../cli/style.js"
import type { PlannedCell, RunEvent } from "../../../src/pipeline/event.js"
import type { CellReport } from "../../../src/pipeline/report.js"
import { cellReport } from "../reports.js"

const style = createStyle({ colour: false })

function planned(stage: string, cell = ""): PlannedCell {
  return { address: cell === "" ? stage : `${stage}@${cell}`, stage, cell, title: stage, after: [] }
}

function started(cells: readonly PlannedCell[]): RunEvent {
  return { kind: "run-started", id: "x", at: 0, project: { name: "parcels", version: "1.4.0" }, cells }
}

function finished(address: string, report: Partial<CellReport>): RunEvent {
  return { kind: "cell-finished", address, at: 5_000, report: cellReport(report) }
}

function board(...events: readonly Parameters<typeof advance>[1][]): BoardState {
  return events.reduce(advance, EMPTY_BOARD)
}

const small = [planned("lint"), planned("test", "3.11"), planned("test", "3.13")]

describe("paintBoard", () => {
  test("has a row for each cell, in columns", () => {
    const state = board(
      started(small),
      finished("lint", { outcome: "passed", seconds: 0.4, cached: true }),
      { kind: "cell-started", address: "test@3.11", at: 1_000, attempt: 1 },
      { kind: "cell-activity", address: "test@3.11", activity: "pytest" },
    )
    expect(paintBoard(state, { style, columns: 80, rows: 24, now: 3_040 })).toEqual([
      "",
      " parcels 1.4.0",
      " ✓ lint             0.4 s  cached",
      " ⠇ test  3.11       2.0 s  pytest",
      " · test  3.13",
    ])
  })

  test.each([
    ["failed", { outcome: "failed", reason: "3 findings" }, " ✗ lint       1.0 s  3 findings"],
    ["errored", { outcome: "errored", reason: "no network" }, " ! lint       1.0 s  could not look: no network"],
    ["skipped", { outcome: "skipped", reason: "build failed" }, " - lint              build failed"],
    [
      "tests in pytest's words",
      { outcome: "failed", reason: "x", measures: { tests: { passed: 5, failed: 1, errors: 1, skipped: 0 } } },
      " ✗ lint       1.0 s  1 failed, 5 passed, 1 error",
    ],
  ] as const)("says how a cell ended: %s", (_name, report, line) => {
    const state = board(started([planned("lint")]), finished("lint", report))
    expect(paintBoard(state, { style, columns: 80, rows: 24, now: 0 }).at(-1)).toBe(line)
  })

  test("interpreters without an image share one row below the others", () => {
    const none = { outcome: "skipped", skip: "no-image", reason: "there is no image" } as const
    const cells = ["resolve", "test"].flatMap((stage) => ["3.10", "3.11", "3.12"].map((key) => planned(stage, key)))
    const away = ["resolve", "test"].flatMap((stage) =>
      ["3.10", "3.12"].map((cell) => finished(`${stage}@${cell}`, { stage, cell, ...none })),
    )
    expect(paintBoard(board(started(cells), ...away), { style, columns: 80, rows: 24, now: 0 }).slice(2)).toEqual([
      " · resolve  3.11",
      " · test     3.11",
      " - 3.10, 3.12  no image",
    ])
  })

  test("a retry says why", () => {
    const state = board(
      started([planned("lint")]),
      { kind: "cell-started", address: "lint", at: 0, attempt: 1 },
      { kind: "cell-retried", address: "lint", at: 1, reason: "index unreachable" },
    )
    expect(paintBoard(state, { style, columns: 80, rows: 24, now: 0 }).at(-1)).toContain(
      "trying again: index unreachable",
    )
  })

  test.each([10, 20, 30, 43, 44, 60, 80, 200])("no line is wider than a terminal of %i cells", (columns) => {
    const state = board(
      started(small),
      finished("lint", { outcome: "failed", reason: "日本語の長い理由".repeat(20) }),
      { kind: "cell-started", address: "test@3.11", at: 0, attempt: 1 },
      { kind: "cell-activity", address: "test@3.11", activity: "pulling ".repeat(40) },
    )
    for (const line of paintBoard(state, { style, columns, rows: 24, now: 0 })) {
      expect(widthOf(line)).toBeLessThan(columns)
    }
  })

  test("where not all rows fit, what went wrong stays and the rest is counted", () => {
    const many = Array.from({ length: 30 }, (_, i) => planned("test", `3.${i}`))
    const state = board(
      started(many),
      finished("test@3.29", { outcome: "failed", reason: "2 failed" }),
      { kind: "cell-started", address: "test@3.28", at: 0, attempt: 1 },
      finished("test@3.0", {}),
    )
    const lines = paintBoard(state, { style, columns: 80, rows: 10, now: 0 })
    expect(lines.length).toBeLessThan(10)
    expect(lines.join("\n")).toContain("3.29")
    expect(lines.join("\n")).toContain("3.28")
    expect(lines.at(-1)).toBe("   and 24 waiting, 1 passed")
  })

  test("an escape in a reason does nothing", () => {
    const state = board(started([planned("lint")]), finished("lint", { outcome: "failed", reason: "\u001b[2Jx" }))
    expect(paintBoard(state, { style, columns: 80, rows: 24, now: 0 }).join("")).not.toContain("\u001b")
  })
})
