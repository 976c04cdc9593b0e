import { freshFindings } from "../src/findings/fresh-findings.js"
import type { CellReport } from "../src/pipeline/report.js"
import { groupBy } from "./group-by.js"

/** A finding that one cell of a stage has, or several. */
export interface MergedFinding {
  readonly finding: CellReport["findings"][number]
  /** Keys of the cells that have it, where not all have. */
  readonly only: readonly string[]
}

/** One finding that several cells of a stage have is shown once. Pure. */
export function mergeFindings(cells: readonly CellReport[]): readonly MergedFinding[] {
  const all = cells.flatMap((cell) => freshFindings(cell).map((finding) => ({ finding, key: cell.cell })))
  return groupBy(all, ({ finding }) => finding.fingerprint).flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const keys = [...new Set(same.map(({ key }) => key))]
    const everywhere = keys.length === cells.length
    // The same finding twice in one cell is two findings.
    return same
      .filter(({ key }) => key === first.key)
      .map(({ finding }) => ({ finding, only: everywhere ? [] : keys.filter((key) => key !== "") }))
  })
}
