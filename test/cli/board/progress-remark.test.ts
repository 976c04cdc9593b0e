import { describe, expect, test } from "vitest"
import { paintBoard } from "../../../cli/board/paint.js"
import { advance, EMPTY_BOARD } from "../../../cli/board/state.js"
import { createStyle, widthOf } from "../../../cli/style.js"
import type { PlannedCell } from "../../../src/pipeline/event.js"
import { cellReport } from "../reports.js"

type BoardEvent = Parameters<typeof advance>[1]

const style = createStyle({ colour: false })

function planned(address: string, after: readonly string[] = []): PlannedCell {
  const [stage = "", cell = ""] = address.split("@")
  return { address, stage, cell, title: stage, after }
}

const started = (...cells: readonly PlannedCell[]): BoardEvent => ({
  kind: "run-started",
  id: "x",
  at: 0,
  project: { name: "parcels" },
  cells,
})
const runs = (address: string): BoardEvent => ({ kind: "cell-started", address, at: 0, attempt: 1 })
const line = (address: string, text: string): BoardEvent => ({ kind: "cell-line", address, line: text })

function rows(
  events: readonly BoardEvent[],
  canvas: { columns?: number; rows?: number; ascii?: true } = {},
): readonly string[] {
  const picture = paintBoard(events.reduce(advance, EMPTY_BOARD), {
    style,
    columns: 100,
    rows: 24,
    now: 2_000,
    ...canvas,
  })
  return picture.slice(2)
}

describe("behind a cell that runs", () => {
  test("stand its command, its usual time and the newest line that it printed", () => {
    const events = [
      { kind: "usual-times", cells: new Map([["test", 95]]) } as const,
      started(planned("test")),
      runs("test"),
      { kind: "cell-activity", address: "test", activity: "pytest" } as const,
      line("test", "tests/test_a.py ..."),
      line("test", "tests/test_b.py ."),
    ]
    expect(rows(events)[0]).toMatch(/ 2\.0 s {2}pytest · usually 95\.0 s · tests\/test_b\.py \.$/)
  })

  test("a line goes when another command begins", () => {
    const events = [
      started(planned("lint")),
      runs("lint"),
      line("lint", "All checks passed"),
      { kind: "cell-activity", address: "lint", activity: "format" } as const,
    ]
    expect(rows(events)[0]).toMatch(/ {2}format$/)
  })

  test("a line that came late says nothing of a cell that has ended", () => {
    const events = [
      started(planned("lint")),
      runs("lint"),
      { kind: "cell-finished", address: "lint", at: 1, report: cellReport() } as const,
      line("lint", "late"),
    ]
    expect(rows(events)[0]).not.toContain("late")
  })

  test.each(["\u001b[2J\u001b[31mred", "a\rb\nc", "\u202edesrever", "tab\there", "\u0007\u0000bell"])(
    "%j stays one line of text",
    (text) => {
      const [row = ""] = rows([started(planned("lint")), runs("lint"), line("lint", text)])
      // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
      expect(row).not.toMatch(/[\u0000-\u001f\u007f\u202e]/)
    },
  )
})

describe("behind a cell that waits", () => {
  test("stands what it waits for, what runs first", () => {
    const events = [started(planned("a"), planned("b"), planned("c"), planned("d", ["a", "b", "c"])), runs("b")]
    expect(rows(events)[3]).toMatch(/after b, a and 1 more$/)
  })

  test("stands nothing when all is there and only its turn has not come", () => {
    const events = [
      started(planned("a"), planned("b", ["a"])),
      { kind: "cell-finished", address: "a", at: 1, report: cellReport() } as const,
    ]
    expect(rows(events)[1]).toBe(" · b")
  })
})

describe("on any terminal", () => {
  const many = Array.from({ length: 200 }, (_, index) => planned(`test@3.${index}`))
  const busy = [
    started(...many),
    ...many.slice(0, 150).map(({ address }) => runs(address)),
    ...many.slice(0, 120).map(
      ({ address, stage, cell }, index): BoardEvent => ({
        kind: "cell-finished",
        address,
        at: 1,
        report: cellReport({ stage, cell, outcome: index % 40 === 7 ? "failed" : "passed", reason: "x" }),
      }),
    ),
    ...many.slice(120, 150).map(({ address }) => line(address, "a very long line that a tool printed ".repeat(9))),
  ]

  test.each([20, 21, 44, 80, 300])("no line of 200 cells is wider than %i columns", (columns) => {
    expect(Math.max(...rows(busy, { columns }).map(widthOf))).toBeLessThan(columns)
  })

  test.each([6, 24, 100])("200 cells are not higher than %i rows, and none is left uncounted", (height) => {
    const picture = rows(busy, { rows: height, columns: 100 })
    expect(picture.length).toBeLessThanOrEqual(height - 3)
    const counted = [...(picture.at(-1) ?? "").matchAll(/(\d+) /g)].reduce((sum, [, count]) => sum + Number(count), 0)
    expect(picture.length - 1 + counted).toBe(200)
  })

  test("what failed has its row first, then what runs", () => {
    const picture = rows(busy, { rows: 20, columns: 100 })
    expect(picture.filter((row) => row.includes("✗"))).toHaveLength(3)
    expect(picture.at(-1)).toMatch(/^ {3}and \d+ running, 50 waiting, 117 passed$/)
  })

  test("without Unicode there is ASCII alone", () => {
    expect(rows(busy, { ascii: true }).join("")).toMatch(/^[\x20-\x7e]*$/)
  })
})
