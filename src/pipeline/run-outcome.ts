import type { CellReport, Report } from "./report.js"

/**
 * The outcome of a run from those of its cells: a failure counts before what could not be looked at, and a matrix
 * of which no interpreter could be had is errored, because nothing of it was looked at. Pure.
 */
export function outcomeOf(cells: readonly CellReport[]): Report["outcome"] {
  if (cells.some(({ outcome }) => outcome === "failed")) return "failed"
  if (cells.some(({ outcome }) => outcome === "errored")) return "errored"
  if (stages(cells).some((matrix) => matrix.every(({ skip }) => skip === "no-image"))) return "errored"
  if (cells.some(({ skip }) => skip === "cancelled" || skip === "input")) return "errored"
  return cells.some(({ outcome }) => outcome === "passed") ? "passed" : "skipped"
}

function stages(cells: readonly CellReport[]): readonly (readonly CellReport[])[] {
  const names = [...new Set(cells.map(({ stage }) => stage))]
  return names.map((name) => cells.filter(({ stage }) => stage === name))
}
