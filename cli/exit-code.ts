import { QuillonError } from "../src/errors.js"
import type { Report } from "../src/pipeline/report.js"
import type { ExitCode } from "./io.js"

/** How a run ended: its report, and whether a person ended it. */
export interface RunEnd {
  readonly report: Pick<Report, "outcome">
  readonly interrupted: boolean
}

/** The exit code of a run (DESIGN §1): an interrupt outweighs all, a failure what could not be looked at. */
export function exitCodeOfRun({ report, interrupted }: RunEnd): ExitCode {
  if (interrupted) return 130
  switch (report.outcome) {
    case "failed":
      return 1
    case "errored":
      return 2
    case "passed":
    case "skipped":
      return 0
  }
}

/** The exit code of an error that ended the program: 64 for what was typed, 2 for all else. */
export function exitCodeOfError(error: unknown): ExitCode {
  return error instanceof QuillonError && error.kind === "usage" ? 64 : 2
}
