import { SEVERITIES, type Severity } from "../../src/findings/finding.js"
import { freshFindings } from "../../src/findings/fresh-findings.js"
import { placeInRepository } from "../../src/findings/repository-place.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"
import { addressOfReport } from "./aftermath.js"
import { plural } from "./remark.js"
import { type AnnotationPlace, workflowCommand } from "./workflow-command.js"

/** Annotations of each level that GitHub shows of one step. */
const SHOWN = 10

interface Annotation {
  readonly level: "error" | "warning"
  /** The higher, the more it is worth one of the few places. */
  readonly worth: number
  readonly place: AnnotationPlace
  readonly message: string
}

/** What went wrong as annotations: cells first, then the worst findings; behind them how many found no place. Pure. */
export function githubAnnotations(report: Report): readonly string[] {
  const wrong = report.cells.filter(({ outcome }) => outcome === "failed" || outcome === "errored")
  const all = [...wrong.flatMap(ofCell), ...ofFindings(wrong, report)].sort((a, b) => b.worth - a.worth)
  const shown = (["error", "warning"] as const).flatMap((level) =>
    all.filter((each) => each.level === level).slice(0, SHOWN),
  )
  const hidden = all.length - shown.length
  return [
    ...shown.map(({ level, place, message }) => workflowCommand(level, place, message)),
    ...(hidden === 0
      ? []
      : [
          workflowCommand(
            "notice",
            { title: "quillon" },
            `${plural(hidden, "more finding")}: GitHub shows ${SHOWN} of a kind; the rest is in the log and in report.json`,
          ),
        ]),
  ]
}

/** A cell that could not look, or that failed without a finding, as coverage below its minimum. */
function ofCell(cell: CellReport): readonly Annotation[] {
  const why = cell.reason ?? cell.gate?.message ?? "no reason given"
  const message = cell.next === undefined ? why : `${why}\nnext: ${cell.next}`
  const base = { level: "error", worth: SEVERITIES.length + 1, message } as const
  const address = addressOfReport(cell)
  if (cell.outcome === "errored") return [{ ...base, place: { title: `${address} could not look` } }]
  return freshFindings(cell).length === 0 ? [{ ...base, place: { title: `${address} failed` } }] : []
}

function ofFindings(cells: readonly CellReport[], report: Report): readonly Annotation[] {
  const seen = new Set<string>()
  return cells.flatMap((cell) =>
    freshFindings(cell).flatMap((finding) => {
      const key = `${cell.stage} ${finding.fingerprint}`
      if (seen.has(key)) return []
      seen.add(key)
      const place = placeInRepository(finding, report)
      const { severity, tool, rule, help } = finding
      const message = place?.message ?? finding.message
      return {
        level: isError(severity) ? ("error" as const) : ("warning" as const),
        worth: tool === "pytest" ? SEVERITIES.length : SEVERITIES.indexOf(severity),
        place: {
          ...(place === undefined ? {} : { file: place.path, line: place.line }),
          ...(place?.column === undefined ? {} : { col: place.column }),
          title: `${tool} ${rule}`,
        },
        message: help === undefined ? message : `${message}\n${help}`,
      }
    }),
  )
}

function isError(severity: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf("error")
}
