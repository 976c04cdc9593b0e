import { addressOf } from "../../src/pipeline/cell.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"

/** When a cell ran, in seconds since the run's start. */
export interface Span {
  readonly address: string
  readonly cell: CellReport
  /** When all that it takes was there. */
  readonly ready: number
  readonly start: number
  readonly end: number
  /** Whether the run would have been shorter with it. */
  readonly critical: boolean
}

/** When each cell ran that did, in order of time, and which of them kept the run. Pure. */
export function timelineOf(report: Report): readonly Span[] {
  const began = Date.parse(report.started)
  const ran = report.cells.flatMap((cell) => {
    if (cell.started === undefined) return []
    const start = Math.max(0, (Date.parse(cell.started) - began) / 1000)
    return [{ address: addressOf(cell.stage, { key: cell.cell }), cell, start, end: start + cell.seconds }]
  })
  const ends = new Map(ran.map(({ address, end }) => [address, end]))
  const critical = criticalPath(ran)
  return ran
    .map((span) => ({
      ...span,
      ready: Math.min(span.start, Math.max(0, ...(span.cell.after ?? []).map((before) => ends.get(before) ?? 0))),
      critical: critical.has(span.address),
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end)
}

/** From the cell that ended last back over what each waited for longest. */
function criticalPath(ran: readonly Pick<Span, "address" | "cell" | "end">[]): ReadonlySet<string> {
  const known = new Map(ran.map((span) => [span.address, span]))
  const path = new Set<string>()
  let at = lastOf(ran)
  while (at !== undefined && !path.has(at.address)) {
    path.add(at.address)
    at = lastOf((at.cell.after ?? []).flatMap((address) => known.get(address) ?? []))
  }
  return path
}

function lastOf<T extends { readonly end: number }>(spans: readonly T[]): T | undefined {
  return spans.reduce<T | undefined>(
    (last, span) => (last === undefined || span.end > last.end ? span : last),
    undefined,
  )
}
