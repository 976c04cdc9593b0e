import { join } from "node:path"
import { freshFindings } from "../../src/findings/fresh-findings.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { fixLint } from "../../src/stages/fix-lint.js"
import { FIXED_FILES, fixedFiles } from "../../src/stages/fix-lint-reading.js"
import { askYes, canAsk } from "../ask.js"
import { plural } from "../board/remark.js"
import type { ExitCode, Io } from "../io.js"
import type { ProcessControl } from "../program.js"
import { run } from "../run.js"
import type { RunRequest } from "../run-request.js"
import { createStyle } from "../style.js"
import { applyFixes } from "./apply-fixes.js"
import { diffText } from "./diff-text.js"
import { readPendingFixes } from "./pending-fix.js"

/** What a person asked of a fix. */
export interface FixRequest extends RunRequest {
  /** Applies the change without asking. */
  readonly yes: boolean
}

/**
 * Shows what ruff would fix and applies it when the person says yes. Ends with 0 where nothing is left to fix, with 1
 * where findings are left or the change was not applied, with 2 where ruff could not look.
 */
export async function fixFiles(io: Io, control: ProcessControl, request: FixRequest): Promise<void> {
  const pipeline = definePipeline([fixLint])
  const ended = await run(io, control, { ...request, pipeline, ending: "troubles" })
  const cell = ended?.report.cells[0]
  if (ended === undefined || cell === undefined || cell.outcome === "errored" || cell.outcome === "skipped") return
  const { folder: project } = ended.known
  const fixed = join(ended.folder, "artifacts", cell.stage, FIXED_FILES)
  const { fixes, edited } = await readPendingFixes(fixedFiles(cell), { project, fixed })
  const left = freshFindings(cell).length
  tellEdited(io, edited)
  if (fixes.length === 0) {
    io.stdout.write(`nothing to fix${left === 0 ? "" : `; ${leftLine(left)}`}\n`)
    return io.leave(codeOf(left + edited.length))
  }
  if (!request.look.json) io.stdout.write(`\n${diffText(fixes, createStyle(io))}\n`)
  const files = plural(fixes.length, "file")
  if (!request.yes && !(canAsk(io) && (await askYes(io, `Apply this to ${files}?`)))) {
    io.stdout.write(`not applied to ${files}: quillon lint --fix --yes applies it\n`)
    return io.leave(1)
  }
  const skipped = await applyFixes(project, fixes)
  tellEdited(io, skipped)
  const done = plural(fixes.length - skipped.length, "file")
  io.stdout.write(`applied to ${done}${left === 0 ? "" : `; ${leftLine(left)}`}\n`)
  io.leave(codeOf(left + edited.length + skipped.length))
}

function leftLine(left: number): string {
  return `${plural(left, "finding is", "findings are")} left: quillon lint`
}

function tellEdited(io: Io, paths: readonly string[]): void {
  for (const path of paths) io.stderr.write(`left as it is, because it was edited meanwhile: ${path}\n`)
}

function codeOf(left: number): ExitCode {
  return left === 0 ? 0 : 1
}
