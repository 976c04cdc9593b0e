import type { CellReport } from "../../src/pipeline/report.js"

/** True for a cell of a matrix that was skipped because its interpreter has no image: such cells share one line. */
export function isWithoutImage({ skip, cell }: CellReport): boolean {
  return skip === "no-image" && cell !== ""
}

/** The interpreters of these cells, for their one line. Pure. */
export function pythonsOf(cells: readonly Pick<CellReport, "cell">[]): string {
  return [...new Set(cells.map(({ cell }) => cell))].join(", ")
}

/** What the one line says behind the interpreters. */
export const NO_IMAGE = "no image"
