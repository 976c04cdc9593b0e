import { z } from "zod"
import type { Severity } from "../findings/finding.js"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook, exitCode, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { confidenceDemand } from "./policy.js"
import { exactVersion, toolRequirement } from "./tool-pins.js"

const LEVELS = ["UNDEFINED", "LOW", "MEDIUM", "HIGH"] as const

const result = z.object({
  filename: z.string(),
  line_number: z.number(),
  col_offset: z.number().optional(),
  issue_severity: z.enum(LEVELS),
  issue_confidence: z.enum(LEVELS),
  issue_text: z.string(),
  test_id: z.string(),
  test_name: z.string(),
  more_info: z.string().optional(),
  code: z.string().optional(),
})

const report = z.object({
  errors: z.array(z.object({ filename: z.string(), reason: z.string() })),
  results: z.array(result),
})

/** Reads bandit's JSON: its exit code is 1 for any finding, and 0 where it could not parse a file. */
export function readSecurity(executions: readonly Execution[], { project, settings }: ReadContext): Reading {
  const execution = executionOf(executions, "bandit")
  const broken = brokenExit(execution.exit, "bandit")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const found = jsonReport(execution, "bandit", report)
  if (found === undefined || (exitCode(execution.exit) ?? 2) > 1) {
    return couldNotLook(execution, { reason: `bandit could not look: ${lastLines(execution).split("\n").at(-1)}` })
  }
  const [unread] = found.errors
  if (unread !== undefined) {
    return couldNotLook(execution, { reason: `bandit could not read ${unread.filename}: ${unread.reason}` })
  }
  const confidence = confidenceDemand(settings)
  const counted = (level: (typeof LEVELS)[number]) =>
    found.results.filter(({ issue_severity }) => issue_severity === level).length
  const version = exactVersion(toolRequirement("bandit", project.tools.bandit?.pin))
  return {
    kind: "looked",
    findings: normaliseFindings(found.results.map((each) => findingOf(each, confidence))),
    measures: { high: counted("HIGH"), medium: counted("MEDIUM"), low: counted("LOW") },
    tools: version === undefined ? [] : [{ name: "bandit", version }],
  }
}

/** A finding of which bandit is less sure than the setting demands is a note. */
function findingOf(each: z.infer<typeof result>, confidence: "low" | "medium" | "high"): Draft {
  const sure = LEVELS.indexOf(each.issue_confidence) >= LEVELS.indexOf(confidence.toUpperCase() as "LOW")
  const severity: Severity = each.issue_severity === "UNDEFINED" ? "note" : LOWER[each.issue_severity]
  return {
    tool: "bandit",
    rule: each.test_id,
    severity: sure ? severity : "note",
    file: each.filename,
    line: each.line_number,
    ...(each.col_offset === undefined || each.col_offset < 0 ? {} : { column: each.col_offset + 1 }),
    message: `${each.issue_text} (${each.test_name}, confidence ${each.issue_confidence})`,
    ...(each.more_info === undefined ? {} : { help: each.more_info }),
    ...(each.code === undefined ? {} : { detail: each.code }),
  }
}

const LOWER = { LOW: "low", MEDIUM: "medium", HIGH: "high" } as const
