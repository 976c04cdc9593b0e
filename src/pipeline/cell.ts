/** One point of the matrix on which a stage runs. */
export interface Cell {
  /** Unique within the stage: `3.11`, or `""` for the only cell of a stage without a matrix. */
  readonly key: string
  /** Interpreter as `X.Y`, where the cell is bound to one. */
  readonly python?: string
}

/** The only cell of a stage without a matrix. */
export const SINGLE_CELL: Cell = { key: "" }

/** A cell's address as people type it: `lint`, `test@3.11`. */
export type Address = string

/** Joins a stage's name and a cell's key to an address. */
export function addressOf(stage: string, cell: Cell): Address {
  return cell.key === "" ? stage : `${stage}@${cell.key}`
}
