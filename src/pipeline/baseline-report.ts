import type { Baseline } from "../findings/baseline.js"
import type { Pipeline } from "./pipeline.js"
import type { CellReport, Report } from "./report.js"

/** A run whose findings were compared with a baseline. */
export interface ComparedRun {
  readonly pipeline: Pipeline
  readonly cells: readonly CellReport[]
  /** True where tools were given arguments: what they did not find may only not have been looked for. */
  readonly narrowed: boolean
}

/**
 * What the run says of the baseline: how many of its entries were met, and which are stale. An entry can be stale only
 * where every cell of its stage looked. Pure.
 */
export function reportBaseline(baseline: Baseline, { pipeline, cells, narrowed }: ComparedRun): Report["baseline"] {
  const met = cells.flatMap(({ findings }) => findings.filter(({ baselined }) => baselined !== undefined))
  const known = new Set(met.map(({ baselined }) => baselined))
  const looked = narrowed ? [] : pipeline.stages.filter(({ name }) => hasLooked(cells, name)).map(({ name }) => name)
  return {
    file: baseline.file,
    entries: baseline.entries.length,
    known: known.size,
    moved: new Set(met.filter(({ baselined, fingerprint }) => baselined !== fingerprint).map((each) => each.baselined))
      .size,
    stale: baseline.entries.filter(({ stage, fingerprint }) => looked.includes(stage) && !known.has(fingerprint)),
  }
}

function hasLooked(cells: readonly CellReport[], stage: string): boolean {
  const own = cells.filter((cell) => cell.stage === stage)
  return own.length > 0 && own.every(({ outcome }) => outcome === "passed" || outcome === "failed")
}
