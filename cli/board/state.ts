import type { Address } from "../../src/pipeline/cell.js"
import type { PlannedCell, RunEvent } from "../../src/pipeline/event.js"
import type { CellReport } from "../../src/pipeline/report.js"
import type { UsualTimes } from "./usual-times.js"

/** How far a cell is. */
export type CellProgress =
  | { readonly kind: "waiting" }
  | {
      readonly kind: "running"
      readonly since: number
      readonly attempt: number
      /** What the engine does for it, e.g. `pulling python:3.11-slim`. */
      readonly activity?: string
      /** The newest line that it printed. */
      readonly line?: string
    }
  | { readonly kind: "ended"; readonly report: CellReport }

/** One cell on the board. */
export interface Row {
  readonly planned: PlannedCell
  readonly progress: CellProgress
}

/** What the board shows. */
export interface BoardState {
  readonly title: string
  readonly began: number
  readonly rows: readonly Row[]
  /** Seconds that cells take as a rule, by address. */
  readonly usual: ReadonlyMap<Address, number>
}

/** What the engine is busy with for one cell, as its spans tell. */
export interface ActivityEvent {
  readonly kind: "cell-activity"
  readonly address: Address
  readonly activity: string
}

/** What a cell printed last. */
export interface LineEvent {
  readonly kind: "cell-line"
  readonly address: Address
  readonly line: string
}

/** A board before the run has started. */
export const EMPTY_BOARD: BoardState = { title: "", began: 0, rows: [], usual: new Map() }

/** The board after an event. Pure. */
export function advance(state: BoardState, event: RunEvent | ActivityEvent | LineEvent | UsualTimes): BoardState {
  switch (event.kind) {
    case "run-started": {
      const { name, version } = event.project
      return {
        ...state,
        title: version === undefined ? name : `${name} ${version}`,
        began: event.at,
        rows: event.cells.map((planned) => ({ planned, progress: { kind: "waiting" } })),
      }
    }
    case "cell-started":
      return withProgress(state, event.address, () => ({ kind: "running", since: event.at, attempt: event.attempt }))
    case "cell-activity":
      return withProgress(state, event.address, (now) =>
        now.kind === "running" ? { ...without(now, "line"), activity: event.activity } : now,
      )
    case "cell-line":
      return withProgress(state, event.address, (now) => (now.kind === "running" ? { ...now, line: event.line } : now))
    case "usual-times":
      return { ...state, usual: event.cells }
    case "cell-retried":
      return withProgress(state, event.address, (now) =>
        now.kind === "running" ? { ...now, activity: `trying again: ${event.reason}` } : now,
      )
    case "cell-finished":
      return withProgress(state, event.address, () => ({ kind: "ended", report: event.report }))
    case "run-finished":
      return state
  }
}

/** What one command printed says nothing of the next. */
function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...others } = value
  return others
}

function withProgress(state: BoardState, address: Address, next: (now: CellProgress) => CellProgress): BoardState {
  return {
    ...state,
    rows: state.rows.map((row) => (row.planned.address === address ? { ...row, progress: next(row.progress) } : row)),
  }
}
