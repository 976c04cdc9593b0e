import { z } from "zod"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"

const report = z.object({
  version: z.string(),
  python: z.string(),
  /** Number of data files by test cell. */
  cells: z.record(z.string(), z.number()),
  totals: z
    .object({
      percent_covered: z.number(),
      covered_lines: z.number(),
      num_statements: z.number(),
      num_branches: z.number().optional(),
      covered_branches: z.number().optional(),
    })
    .optional(),
  files: z.record(z.string(), z.number()).optional(),
  nothing: z.string().optional(),
  config: z.string().nullish(),
  failUnder: z.number().nullish(),
  precision: z.number().optional(),
  what: z.string().optional(),
})

/** Reads the combined totals. A test cell without tests or data makes the number unknown, never smaller. */
export function readCoverage(executions: readonly Execution[], _ctx: ReadContext): Reading {
  const execution = executionOf(executions, "combine")
  const broken = brokenExit(execution.exit, "coverage")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const combined = jsonReport(execution, "coverage", report)
  if (combined === undefined) {
    return couldNotLook(execution, {
      reason: `coverage could not combine the data: ${lastLines(execution).split("\n").at(-1)}`,
    })
  }
  const empty = Object.entries(combined.cells).find(([, files]) => files === 0)
  if (empty !== undefined) {
    return couldNotLook(execution, {
      reason: `test@${empty[0]} ran no test to its end, or left no data of them, so the total is not known`,
      next: `see why: quillon debug test@${empty[0]}`,
    })
  }
  const { totals } = combined
  if (totals === undefined) {
    return couldNotLook(execution, {
      reason: `coverage measured nothing: ${combined.nothing ?? "no test cell left data"}`,
      next: "see the project's coverage configuration: source, include and omit",
    })
  }
  const worst = Object.entries(combined.files ?? {}).sort(([, a], [, b]) => a - b)
  return {
    kind: "looked",
    findings: [],
    measures: {
      percent: totals.percent_covered,
      /** Which number it is: lines or branches, of what, and who says so. */
      what: combined.what,
      configuration: combined.config ?? "none: the import packages",
      failUnder: combined.failUnder ?? null,
      precision: combined.precision ?? 0,
      lines: { covered: totals.covered_lines, all: totals.num_statements },
      ...(totals.num_branches ? { branches: { covered: totals.covered_branches, all: totals.num_branches } } : {}),
      cells: Object.keys(combined.cells),
      leastCovered: worst.filter(([, percent]) => percent < 100).slice(0, 10),
    },
    tools: [
      { name: "coverage", version: combined.version },
      { name: "python", version: combined.python },
    ],
  }
}
