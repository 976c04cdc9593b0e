import type { CellReport, Report } from "../pipeline/report.js"
import { type Baseline, type BaselineEntry, entryOf } from "./baseline.js"

/**
 * The entries after everything that a run found was accepted. Entries of stages that did not look are kept: a stage of
 * another program, or one that is switched off, said nothing of them. Pure.
 */
export function acceptFindings(
  { cells }: Pick<Report, "cells">,
  { stages, before }: { readonly stages: readonly string[]; readonly before: readonly BaselineEntry[] },
): readonly BaselineEntry[] {
  const looked = cells.filter((cell) => stages.includes(cell.stage) && hasLooked(cell))
  const own = new Set(looked.map(({ stage }) => stage))
  return [
    ...before.filter(({ stage }) => !own.has(stage)),
    ...looked.flatMap(({ stage, findings }) => findings.map((finding) => entryOf(stage, finding))),
  ]
}

/** The entries without those that the run no longer found; those of renamed files are named anew. Pure. */
export function shrinkEntries({ cells, baseline }: Report, { entries }: Baseline): readonly BaselineEntry[] {
  const stale = new Set(baseline?.stale.map(({ stage, fingerprint }) => `${stage} ${fingerprint}`))
  const moved = new Map(
    cells.flatMap(({ stage, findings }) =>
      findings
        .filter(({ baselined, fingerprint }) => baselined !== undefined && baselined !== fingerprint)
        .map((finding) => [`${stage} ${finding.baselined}`, entryOf(stage, finding)] as const),
    ),
  )
  return entries
    .filter(({ stage, fingerprint }) => !stale.has(`${stage} ${fingerprint}`))
    .map((entry) => moved.get(`${entry.stage} ${entry.fingerprint}`) ?? entry)
}

/** Cells of these stages that could not look, so that nobody knows what they would have found. Pure. */
export function unseenCells({ cells }: Pick<Report, "cells">, stages: readonly string[]): readonly CellReport[] {
  return cells.filter(
    (cell) =>
      stages.includes(cell.stage) && !hasLooked(cell) && cell.skip !== "not-applicable" && cell.skip !== "deselected",
  )
}

function hasLooked({ outcome }: CellReport): boolean {
  return outcome === "passed" || outcome === "failed"
}
