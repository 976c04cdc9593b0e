import { z } from "zod"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import { brokenExit, couldNotLook, exitCode } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { WORK_PATH } from "./places.js"
import { exactVersion, toolRequirement } from "./tool-pins.js"

const place = z.object({ row: z.number(), column: z.number() })

/** `ruff check --output-format json`. */
export const violations = z.array(
  z.object({
    code: z.string().nullable(),
    filename: z.string(),
    location: place.nullish(),
    message: z.string(),
    url: z.string().nullish(),
  }),
)

/** Reads `ruff check` (JSON) and `ruff format --check` (text, because older pins know no other). */
export function readLint(executions: readonly Execution[], { project }: ReadContext): Reading {
  const check = executionOf(executions, "check")
  const format = executions.find(({ command }) => command === "format")
  const found = jsonReport(check, "ruff", violations)
  for (const execution of format === undefined ? [check] : [check, format]) {
    const broken = brokenExit(execution.exit, "ruff")
    if (broken !== undefined) return couldNotLook(execution, { reason: broken })
    if ((exitCode(execution.exit) ?? 2) > 1 && !(execution === format && hasSyntaxError(found))) {
      return couldNotLook(execution, {
        reason: `ruff could not do its work: ${complaint(execution.stderr.tail)}`,
        next: "see ruff's message; its configuration is the project's own",
      })
    }
  }
  if (found === undefined) return couldNotLook(check, { reason: "ruff left no report" })
  const unformatted = format === undefined ? [] : readFormat(format)
  const version = ruffVersion(executions, project.tools.ruff?.pin)
  return {
    kind: "looked",
    findings: normaliseFindings([...found.map(violation), ...unformatted]),
    measures: { violations: found.length, unformatted: format === undefined ? null : unformatted.length },
    tools: version === undefined ? [] : [{ name: "ruff", version }],
  }
}

/** What ruff says of one place, as a finding. */
export function violation({ code, filename, location, message, url }: z.infer<typeof violations>[number]): Draft {
  return {
    tool: "ruff",
    rule: code ?? "invalid-syntax",
    severity: code === null || code === "invalid-syntax" ? "error" : "warning",
    file: relative(filename),
    ...(location == null || location.row < 1 ? {} : { line: location.row, column: Math.max(1, location.column) }),
    message,
    ...(url == null ? {} : { help: url }),
  }
}

/** `Would reformat: path` up to ruff 0.15; since 0.16 a block that begins with `unformatted:` and `--> path:line`. */
function readFormat(format: Execution): readonly Draft[] {
  const text = format.reports.stdout ?? format.stdout.tail
  const drafts: Draft[] = []
  for (const [, path] of text.matchAll(/^Would reformat: (.+)$/gm)) drafts.push(unformattedFile(path))
  for (const [, path, line] of text.matchAll(/^unformatted: .*\n\s*--> (.+?):(\d+):\d+$/gm)) {
    drafts.push({ ...unformattedFile(path), line: Number(line) })
  }
  return drafts
}

function unformattedFile(path: string | undefined): Draft {
  return {
    tool: "ruff format",
    rule: "unformatted",
    severity: "warning",
    file: relative(path ?? ""),
    subject: "format",
    message: "the file would be reformatted",
    help: "quillon lint --fix",
  }
}

/** `ruff format` refuses what `ruff check` has already reported. */
function hasSyntaxError(found: z.infer<typeof violations> | undefined): boolean {
  return found?.some(({ code }) => code === null || code === "invalid-syntax") === true
}

function relative(path: string): string {
  return path.startsWith(`${WORK_PATH}/`) ? path.slice(WORK_PATH.length + 1) : path
}

/** Why ruff can't work: it names the file in a chain of causes and says what is wrong with it in the last line. */
export function complaint(output: string): string {
  const lines = output.split("\n").map((line) => line.trim())
  const said = lines.filter((line) => line !== "" && !line.startsWith("warning:"))
  const file = said.map((line) => /^Cause: Failed to parse (.+)$/.exec(line)?.[1]).find((path) => path !== undefined)
  const last = said.at(-1) ?? "no message"
  return file === undefined ? last : `${relative(file)}: ${last}`
}

function ruffVersion(executions: readonly Execution[], pin: string | undefined): string | undefined {
  const said = executions.find(({ command }) => command === "version")?.stdout.tail
  return said === undefined ? exactVersion(toolRequirement("ruff", pin)) : /\d+\.\d+\.\d+/.exec(said)?.[0]
}
