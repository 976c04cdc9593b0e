import { freshFindings } from "../findings/fresh-findings.js"
import { addressOf } from "../pipeline/cell.js"
import type { CellReport, Report } from "../pipeline/report.js"

/** Findings that a message names; the rest are counted. */
const SHOWN = 20

/**
 * What a caller of the module is told of a red run: begins with `failed:` where a gate failed, else with
 * `could not look:`. Undefined where the run passed. Pure.
 */
export function describeTrouble(report: Report): string | undefined {
  if (report.outcome === "passed" || report.outcome === "skipped") return undefined
  const failed = report.cells.filter(({ outcome }) => outcome === "failed")
  const errored = report.cells.filter(({ outcome }) => outcome === "errored")
  const imageless = report.cells.filter(({ skip }) => skip === "no-image")
  const counts = [
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(errored.length > 0 ? [`${errored.length} could not look`] : []),
    ...(imageless.length > 0 ? [`${imageless.length} without an image`] : []),
    `${report.cells.filter(({ outcome }) => outcome === "passed").length} passed`,
  ]
  const word = report.outcome === "failed" ? "failed:" : "could not look:"
  return [
    `${word} ${report.project.name}: ${counts.join(", ")}`,
    ...[...failed, ...errored, ...imageless].flatMap(describeCell),
  ].join("\n")
}

function describeCell(cell: CellReport): readonly string[] {
  const address = addressOf(cell.stage, { key: cell.cell })
  const why =
    cell.outcome === "failed"
      ? (cell.gate?.message ?? cell.reason)
      : `could not look: ${cell.reason ?? "no reason given"}`
  const fresh = freshFindings(cell)
  const findings = fresh.slice(0, SHOWN).map(({ file, line, rule, message }) => {
    const place = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `
    return `  ${place}${rule} ${message}`
  })
  const hidden = fresh.length - findings.length
  return [
    "",
    `${address}: ${why ?? cell.outcome}`,
    ...findings,
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ...(cell.next === undefined ? [] : [`  next: ${cell.next}`]),
  ]
}
