import type { Report } from "../../src/pipeline/report.js"
import type { Io } from "../io.js"
import type { RunLook } from "../run-request.js"
import { createStyle, type Style } from "../style.js"
import { describeAftermath } from "./aftermath.js"
import { lastLine } from "./last-line.js"

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
}

const FINDINGS_SHOWN = 20

/** Columns of a detail line. More than a terminal has: a cut traceback hides what is wrong, a wrapped one does not. */
const DETAIL_COLUMNS = 400

/** Prints what went wrong, where the whole of it is, and the last line. Says nothing where only programs read. */
export function showEnd(io: Io, report: Report, { look, folder, path, logs, interrupted }: EndOfRun): void {
  if (look.json) return
  const style = createStyle(io)
  const limit = look.verbose ? Number.POSITIVE_INFINITY : FINDINGS_SHOWN
  const wrong = describeAftermath(report, { style, columns: DETAIL_COLUMNS, folder, path, logs, limit })
  const well = report.outcome === "passed" && !interrupted
  if (look.quiet && well) return
  if (wrong.length > 0) io.stdout.write(`\n${wrong.join("\n")}\n`)
  else if (!look.quiet) io.stdout.write("\n")
  io.stdout.write(`${tintOf(style, report, interrupted)(lastLine(report, { interrupted }))}\n`)
}

function tintOf(style: Style, report: Report, interrupted: boolean): (text: string) => string {
  if (interrupted) return style.unsure
  return { passed: style.good, failed: style.bad, errored: style.unsure, skipped: style.quiet }[report.outcome]
}
