import type { CellReport, Report } from "../../src/pipeline/report.js"
import { formatSeconds } from "../duration.js"
import { plural } from "./remark.js"

/** The last line of a run, which counts what failed, what could not look and what was left out. Pure. */
export function lastLine(report: Report, { interrupted }: { readonly interrupted: boolean }): string {
  const counted = report.cells.filter(({ skip }) => skip !== "not-applicable" && skip !== "deselected")
  const of = (outcome: CellReport["outcome"]) => counted.filter((cell) => cell.outcome === outcome).length
  const failed = of("failed")
  const errored = of("errored")
  const passed = of("passed")
  const skipped = of("skipped")
  const notes = [pythonsNote(report.cells), cachedNote(counted)]
  const aside = notes.filter((note) => note !== undefined).join(", ")
  const tail = `${aside === "" ? "" : ` (${aside})`} in ${formatSeconds(report.seconds)}`
  const all = plural(counted.length, "cell")

  if (interrupted)
    return `interrupted: ${passed + failed + errored} of ${all} had ended${failed > 0 ? `, ${failed} failed` : ""}${tail}`
  if (failed > 0) {
    const unsure = errored > 0 ? `, ${errored} could not look` : ""
    return `failed: ${failed} of ${all} failed${unsure}${skippedNote(skipped)}${tail}`
  }
  if (report.outcome === "errored") {
    const what = errored > 0 ? `${errored} of ${all}` : `${skipped} of ${all} never ran`
    return `could not look: ${what}${errored > 0 ? skippedNote(skipped) : ""}${tail}`
  }
  if (passed === 0) return `nothing to do: no stage applies to ${report.project.name}${tail}`
  return `passed: ${passed === counted.length ? all : `${passed} of ${all}`}${tail}`
}

function skippedNote(skipped: number): string {
  return skipped > 0 ? `, ${skipped} skipped` : ""
}

/** How many cells the engine had cached. A cell that ran no tool, as `version`, is neither cached nor not. */
function cachedNote(cells: readonly CellReport[]): string | undefined {
  const ran = cells.filter(({ cached, tools }) => cached !== null || tools.length > 0)
  const cached = ran.filter((cell) => cell.cached === true).length
  if (cached === 0) return undefined
  return cached === ran.length ? "all cached" : `${cached} cached`
}

/** How many interpreters could be had, where some could not: `3 of 5 Pythons`. */
function pythonsNote(cells: readonly CellReport[]): string | undefined {
  const keys = new Set(cells.map(({ cell }) => cell).filter((key) => /^\d+\.\d+$/.test(key)))
  const missing = new Set(
    cells.filter(({ skip, cell }) => skip === "no-image" && keys.has(cell)).map(({ cell }) => cell),
  )
  if (missing.size === 0) return undefined
  return `${keys.size - missing.size} of ${keys.size} Pythons`
}
