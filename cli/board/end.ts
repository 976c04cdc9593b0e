import type { Report } from "../../src/pipeline/report.js"
import type { Io } from "../io.js"
import type { RunLook } from "../run-request.js"
import { createStyle, type Style } from "../style.js"
import { typedFolder } from "../typed-argument.js"
import { describeAftermath } from "./aftermath.js"
import { staleLine } from "./baseline-line.js"
import { archiveOf, boardKind, isJobLog } from "./board-kind.js"
import { githubAnnotations } from "./github-annotations.js"
import { lastLine } from "./last-line.js"
import { type CellLog, githubSections, gitlabSections } from "./log-section.js"

/** What the end of a run needs to know. */
export interface EndOfRun {
  readonly look: RunLook
  /** The run's folder as a person would type it. */
  readonly folder: string
  /** The project's folder as a person would type it. */
  readonly path: string
  /** Addresses of the cells that left logs. */
  readonly logs: readonly string[]
  readonly interrupted: boolean
  /** What the tools of cells that went wrong printed: a CI system's log has it, because nobody sees the folder there. */
  readonly printed: readonly CellLog[]
  /** Milliseconds since 1970. */
  readonly now: number
}

const FINDINGS_SHOWN = 20

/** Columns of a detail line. More than a terminal has: a cut traceback hides what is wrong, a wrapped one does not. */
const DETAIL_COLUMNS = 400

/** Prints what went wrong, where the whole of it is, and the last line. Says nothing where only programs read. */
export function showEnd(io: Io, report: Report, end: EndOfRun): void {
  const { look, folder, path, logs, interrupted } = end
  if (look.json) return
  const style = createStyle(io)
  const limit = look.verbose ? Number.POSITIVE_INFINITY : FINDINGS_SHOWN
  const archive = archiveOf(boardKind(io, look))
  const looks = { style, columns: DETAIL_COLUMNS, folder, path, logs, limit }
  const wrong = describeAftermath(report, { ...looks, ...(archive === undefined ? {} : { archive }) })
  const well = report.outcome === "passed" && !interrupted
  if (look.quiet && well) return
  const marked = marksOf(io, report, end)
  if (wrong.length > 0) io.stdout.write(`\n${wrong.join("\n")}\n`)
  else if (!look.quiet) io.stdout.write("\n")
  if (marked.length > 0) io.stdout.write(`${marked.join("\n")}\n`)
  if (wrong.length > 0 && !isJobLog(boardKind(io, look))) {
    io.stdout.write(`${style.quiet(`as a page: quillon report${typedFolder(path)} --open`)}\n`)
  }
  const stale = staleLine(report)
  if (stale !== undefined) io.stdout.write(`${style.quiet(stale)}\n`)
  io.stdout.write(`${tintOf(style, report, interrupted)(lastLine(report, { interrupted }))}\n`)
}

/** What a CI system folds away or shows on the page of the job. */
function marksOf(io: Io, report: Report, { look, printed, now }: EndOfRun): readonly string[] {
  switch (boardKind(io, look)) {
    case "github":
      return [...githubSections(printed), ...githubAnnotations(report)]
    case "gitlab":
      return gitlabSections(printed, Math.floor(now / 1000))
    default:
      return []
  }
}

function tintOf(style: Style, report: Report, interrupted: boolean): (text: string) => string {
  if (interrupted) return style.unsure
  return { passed: style.good, failed: style.bad, errored: style.unsure, skipped: style.quiet }[report.outcome]
}
