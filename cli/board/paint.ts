import { addressOf } from "../../src/pipeline/cell.js"
import { formatSeconds } from "../duration.js"
import { neutraliseLine } from "../neutralise.js"
import { pad, padLeft, type Style, truncate, widthOf } from "../style.js"
import { asciiOf } from "./ascii.js"
import { isWithoutImage, NO_IMAGE, pythonsOf } from "./missing-images.js"
import { remarkOnRunning, remarkOnWaiting } from "./progress-remark.js"
import { remarkOn } from "./remark.js"
import type { BoardState, Row } from "./state.js"

/** What the picture depends on besides the board's state. */
export interface Canvas {
  readonly style: Style
  /** Cells of the terminal; a line is never wider. */
  readonly columns: number
  /** Lines of the terminal; the picture is never higher. */
  readonly rows: number
  /** Milliseconds since 1970. */
  readonly now: number
  /** Where the terminal has no other signs. */
  readonly ascii?: true
}

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const FRAME_MS = 80
const TIME_WIDTH = 11
const NARROW = 44

/** The board as lines for a terminal. Pure. */
export function paintBoard(state: BoardState, canvas: Canvas): readonly string[] {
  const missing = state.rows.filter(isMissing)
  const rows = state.rows.filter((row) => !isMissing(row))
  const room = Math.max(1, canvas.rows - 4 - (missing.length > 0 ? 1 : 0))
  const { shown, hidden } = chooseRows(rows, room)
  const stageWidth = Math.max(0, ...state.rows.map(({ planned }) => widthOf(planned.stage)))
  const cellWidth = Math.max(0, ...state.rows.map(({ planned }) => widthOf(planned.cell)))
  const lines = shown.map((row) => paintRow(row, { ...canvas, board: state, stageWidth, cellWidth }))
  const picture = [
    "",
    ` ${canvas.style.strong(truncate(neutraliseLine(state.title), canvas.columns - 2))}`,
    ...lines,
    ...(hidden.length === 0
      ? []
      : [canvas.style.quiet(truncate(`   and ${describeHidden(hidden)}`, canvas.columns - 1))]),
    ...(missing.length === 0 ? [] : [canvas.style.quiet(truncate(missingLine(missing), canvas.columns - 1))]),
  ]
  return canvas.ascii ? picture.map(asciiOf) : picture
}

function isMissing({ progress }: Row): boolean {
  return progress.kind === "ended" && isWithoutImage(progress.report)
}

function missingLine(rows: readonly Row[]): string {
  return ` - ${pythonsOf(rows.map(({ planned }) => planned))}  ${NO_IMAGE}`
}

interface Columns extends Canvas {
  readonly board: BoardState
  readonly stageWidth: number
  readonly cellWidth: number
}

/** One row: mark, stage, cell, time, remark. Pure. */
export function paintRow(row: Row, at: Columns): string {
  const { mark, time, remark, tint } = describeRow(row, at)
  const { stage, cell, address } = row.planned
  if (at.columns < NARROW) {
    const head = truncate(address, at.columns - 5)
    const room = at.columns - widthOf(head) - 6
    return ` ${mark} ${tint(head)}  ${at.style.quiet(truncate(time, room))}`.trimEnd()
  }
  const columns =
    at.cellWidth === 0 ? [pad(stage, at.stageWidth)] : [pad(stage, at.stageWidth), pad(cell, at.cellWidth)]
  const head = truncate(columns.join("  "), at.columns - 5)
  const room = at.columns - widthOf(head) - TIME_WIDTH - 7
  return ` ${mark} ${tint(head)} ${at.style.quiet(padLeft(time, TIME_WIDTH))}  ${remark(Math.max(0, room))}`.trimEnd()
}

interface Description {
  readonly mark: string
  readonly time: string
  remark(width: number): string
  tint(text: string): string
}

function describeRow(row: Row, { style, now, board }: Columns): Description {
  const { planned, progress } = row
  const plain = (text: string) => text
  switch (progress.kind) {
    case "waiting":
      return {
        mark: style.quiet("·"),
        time: "",
        remark: (width) => style.quiet(truncate(remarkOnWaiting(row, board), width)),
        tint: style.quiet,
      }
    case "running": {
      const seconds = Math.max(0, now - progress.since) / 1000
      const what = remarkOnRunning(row, progress, board)
      const frame = SPINNER[Math.floor(now / FRAME_MS) % SPINNER.length] ?? "·"
      return {
        mark: style.running(frame),
        time: formatSeconds(seconds),
        remark: (width) => style.quiet(truncate(what, width)),
        tint: plain,
      }
    }
    case "ended": {
      const { report } = progress
      const text = remarkOn(report)
      const said =
        report.cached === true && report.outcome === "passed" ? [text, "cached"].filter(Boolean).join(", ") : text
      const time = report.outcome === "skipped" ? "" : formatSeconds(report.seconds)
      switch (report.outcome) {
        case "passed":
          return { mark: style.good("✓"), time, remark: (width) => style.quiet(truncate(said, width)), tint: plain }
        case "failed":
          return { mark: style.bad("✗"), time, remark: (width) => style.bad(truncate(said, width)), tint: style.strong }
        case "errored":
          return {
            mark: style.unsure("!"),
            time,
            remark: (width) => style.unsure(truncate(said, width)),
            tint: style.strong,
          }
        case "skipped":
          return {
            mark: style.quiet("-"),
            time,
            remark: (width) => style.quiet(truncate(said, width)),
            tint: style.quiet,
          }
      }
    }
  }
  throw new RangeError(`no picture for ${addressOf(planned.stage, { key: planned.cell })}`)
}

/** Where not all rows truncate: what went wrong first, then what runs, then the rest, in the board's order. */
function chooseRows(rows: readonly Row[], room: number): { shown: readonly Row[]; hidden: readonly Row[] } {
  if (rows.length <= room) return { shown: rows, hidden: [] }
  const byImportance = [...rows].sort((a, b) => importance(a) - importance(b))
  const chosen = new Set(byImportance.slice(0, Math.max(1, room - 1)))
  return { shown: rows.filter((row) => chosen.has(row)), hidden: rows.filter((row) => !chosen.has(row)) }
}

function importance({ progress }: Row): number {
  if (progress.kind === "running") return 1
  if (progress.kind === "waiting") return 2
  return progress.report.outcome === "failed" || progress.report.outcome === "errored" ? 0 : 3
}

/** Counts of what has no row, so that nothing of the run is out of sight. */
function describeHidden(rows: readonly Row[]): string {
  const words = rows.map(({ progress }) => (progress.kind === "ended" ? progress.report.outcome : progress.kind))
  const named = [
    ["failed", "failed"],
    ["errored", "could not look"],
    ["running", "running"],
    ["waiting", "waiting"],
    ["passed", "passed"],
    ["skipped", "skipped"],
  ] as const
  return named
    .map(([word, name]) => ({ name, count: words.filter((each) => each === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(", ")
}
