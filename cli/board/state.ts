import type { Address } from "../../src/pipeline/cell.js"
import type { PlannedCell, RunEvent } from "../../src/pipeline/event.js"
import type { CellReport } from "../../src/pipeline/report.js"

/** How far a cell is. */
export type CellProgress =
  | { readonly kind: "waiting" }
  | {
      readonly kind: "running"
      readonly since: number
      readonly attempt: number
      /** What the engine does for it, e.g. `pulling python:3.11-slim`. */
      readonly activity?: string
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
}

/** What the engine is busy with for one cell, as its spans tell. */
export interface ActivityEvent {
  readonly kind: "cell-activity"
  readonly address: Address
  readonly activity: string
}

/** A board before the run has started. */
export const EMPTY_BOARD: BoardState = { title: "", began: 0, rows: [] }

/** The board after an event. Pure. */
export function advance(state: BoardState, event: RunEvent | ActivityEvent): BoardState {
  switch (event.kind) {
    case "run-started": {
      const { name, version } = event.project
      return {
        title: version === undefined ? name : `${name} ${version}`,
        began: event.at,
        rows: event.cells.map((planned) => ({ planned, progress: { kind: "waiting" } })),
      }
    }
    case "cell-started":
      return withProgress(state, event.address, () => ({ kind: "running", since: event.at, attempt: event.attempt }))
    case "cell-activity":
      return withProgress(state, event.address, (now) =>
        now.kind === "running" ? { ...now, activity: event.activity } : now,
      )
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

function withProgress(state: BoardState, address: Address, next: (now: CellProgress) => CellProgress): BoardState {
  return {
    ...state,
    rows: state.rows.map((row) => (row.planned.address === address ? { ...row, progress: next(row.progress) } : row)),
  }
}
