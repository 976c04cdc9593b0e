import { describe, expect, test } from "vitest"
import { chooseRenderer } from "../../../cli/board/choose.js"
import type { RunLook } from "../../../cli/run-request.js"
import type { RunEvent } from "../../../src/pipeline/event.js"
import { fakeIo } from "../fake-io.js"
import { cellReport, reportOf } from "../reports.js"

const events: readonly RunEvent[] = [
  {
    kind: "run-started",
    id: "x",
    at: 0,
    project: { name: "parcels" },
    cells: [{ address: "lint", stage: "lint", cell: "", title: "Lint", after: [] }],
  },
  { kind: "cell-started", address: "lint", at: 1, attempt: 1 },
  { kind: "cell-retried", address: "lint", at: 2, reason: "no\u001b[2J network" },
  { kind: "cell-finished", address: "lint", at: 3, report: cellReport({ cached: true, seconds: 0.25 }) },
  { kind: "run-finished", at: 4, report: reportOf([cellReport()]) },
]
const look: RunLook = { plain: false, json: false, quiet: false, verbose: false }

function shown(wish: Partial<RunLook>, io = fakeIo()): string {
  const renderer = chooseRenderer(io, { ...look, ...wish }, () => 0)
  for (const event of events) renderer.on(event)
  renderer.close()
  return io.out()
}

describe("chooseRenderer", () => {
  test("plain lines where no terminal reads", () => {
    expect(shown({})).toBe(["parcels", "again    lint: no network", "passed   lint  0.3 s, cached", ""].join("\n"))
  })

  test("plain lines tell of interpreters without an image once", () => {
    const io = fakeIo()
    const renderer = chooseRenderer(io, look, () => 0)
    const cells = ["resolve", "test"].flatMap((stage) =>
      ["3.10", "3.12"].map((cell) => cellReport({ stage, cell, outcome: "skipped", skip: "no-image" })),
    )
    for (const report of cells) {
      renderer.on({ kind: "cell-finished", address: `${report.stage}@${report.cell}`, at: 0, report })
    }
    renderer.on({ kind: "run-finished", at: 0, report: reportOf(cells) })
    expect(io.out()).toBe("skipped  3.10, 3.12  no image\n")
  })

  test("-v also tells what starts", () => {
    expect(shown({ verbose: true })).toContain("start    lint")
  })

  test("-q says nothing while the run goes", () => {
    expect(shown({ quiet: true })).toBe("")
  })

  test("json: each event is one line that a program can read", () => {
    const lines = shown({ json: true }).trimEnd().split("\n")
    expect(lines.map((line) => JSON.parse(line).kind)).toEqual(events.map(({ kind }) => kind))
  })

  test("a terminal gets the board, and its cursor back", () => {
    const screen = shown({}, fakeIo({ isTTY: true, columns: 80, rows: 24 }))
    expect(screen).toContain(" ✓ lint       0.3 s  cached")
    expect(screen.endsWith("\u001b[?25h")).toBe(true)
  })

  test("--plain gives plain lines on a terminal too", () => {
    expect(shown({ plain: true }, fakeIo({ isTTY: true }))).not.toContain("\u001b")
  })
})
