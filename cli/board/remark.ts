import { freshFindings } from "../../src/findings/fresh-findings.js"
import type { CellReport } from "../../src/pipeline/report.js"
import { neutraliseLine } from "../neutralise.js"

/** What stands behind a cell that ended: counts when well, the reason when not. One line. Pure. */
export function remarkOn(report: CellReport): string {
  switch (report.outcome) {
    case "passed":
      return passedRemark(report)
    case "failed":
      return (
        countsOf(report.measures.tests) ?? neutraliseLine(report.reason ?? report.gate?.message ?? "the gate failed")
      )
    case "errored":
      return `could not look: ${neutraliseLine(report.reason ?? "no reason given")}`
    case "skipped":
      return neutraliseLine(report.reason ?? "skipped")
  }
}

function passedRemark(report: CellReport): string {
  const tests = countsOf(report.measures.tests)
  if (tests !== undefined) return tests
  if (report.gate?.remark !== undefined) return neutraliseLine(report.gate.remark)
  const below = freshFindings(report).length
  const known = report.findings.length - below
  const parts = [
    ...(below > 0 ? [plural(below, "finding below the gate", "findings below the gate")] : []),
    ...(known > 0 ? [`${known} in the baseline`] : []),
  ]
  return parts.join(", ")
}

/** pytest's counts in pytest's words and order, without those that are zero. */
export function countsOf(tests: unknown): string | undefined {
  if (typeof tests !== "object" || tests === null) return undefined
  const counts = tests as Readonly<Record<string, unknown>>
  const words = ["failed", "passed", "skipped", "xfailed", "xpassed", "errors"]
  const parts = words.flatMap((word) => {
    const count = counts[word]
    return typeof count === "number" && count > 0
      ? [`${count} ${word === "errors" && count === 1 ? "error" : word}`]
      : []
  })
  return parts.length === 0 ? "no tests" : parts.join(", ")
}

/** A count with its noun. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
