import { z } from "zod"
import { normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { CellReport } from "../pipeline/report.js"
import { brokenExit, couldNotLook } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { complaint, violation, violations } from "./lint-reading.js"

/** Kind of the artifact that holds the files as they are after the fix. */
export const FIXED_FILES = "fixed"

const ran = z.object({ exit: z.number(), output: z.string() })
const fixedFile = z.object({ path: z.string(), before: z.string() })
const report = z.object({ fix: ran, format: ran.nullable(), changed: z.array(fixedFile) })

/** A file that the fix changed, and the sha256 of what it was made from. */
export type FixedFile = z.infer<typeof fixedFile>

/** Reads what fix_lint.py wrote: findings are those that are left. */
export function readFix(executions: readonly Execution[]): Reading {
  const execution = executionOf(executions, "fix")
  const broken = brokenExit(execution.exit, "ruff")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const fixed = jsonReport(execution, "fix", report)
  if (fixed === undefined) return couldNotLook(execution, { reason: "the fix left no report" })
  const left = jsonReport(execution, "left", violations)
  if (fixed.fix.exit > 1 || left === undefined) {
    return couldNotLook(execution, {
      reason: `ruff could not do its work: ${complaint(fixed.fix.output)}`,
      next: "see ruff's message; its configuration is the project's own",
    })
  }
  return {
    kind: "looked",
    findings: normaliseFindings(left.map(violation)),
    measures: { fixed: fixed.changed },
    tools: [],
  }
}

/** The files that a fix changed, from the report of its cell. */
export function fixedFiles({ measures }: Pick<CellReport, "measures">): readonly FixedFile[] {
  return z.array(fixedFile).parse(measures.fixed ?? [])
}
