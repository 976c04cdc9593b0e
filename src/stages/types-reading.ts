import { z } from "zod"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import { brokenExit, couldNotLook, exitCode, lastLines } from "./could-not-look.js"
import { executionOf, jsonReport } from "./json-report.js"
import { adviceOnMissing, list, offeredModules } from "./missing-modules.js"

const report = z.object({
  versions: z.record(z.string(), z.string()),
  checked: z.enum(["configuration", "packages"]),
  generated: z.array(z.string()).default([]),
})

const LINE =
  /^(?<file>.+?):(?<line>\d+):(?:(?<column>\d+):)? (?<kind>error|note): (?<message>.*?)(?: {2}\[(?<rule>[\w-]+)\])?$/

/** Reads mypy's text output. Exit 2 is what mypy could not check: unreadable configuration, files, or syntax. */
export function readTypes(executions: readonly Execution[], { project }: Pick<ReadContext, "project">): Reading {
  const execution = executionOf(executions, "mypy")
  const broken = brokenExit(execution.exit, "mypy")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const code = exitCode(execution.exit) ?? 2
  const ran = jsonReport(execution, "types", report)
  if (code > 1 || ran === undefined) {
    return couldNotLook(execution, {
      reason: `mypy could not check: ${complaint(execution)}`,
      next: /shadows library module/.test(complaint(execution))
        ? "mypy checks no module that its own library has: set types.enabled = false"
        : "see mypy's message; what it checks and how is the project's own configuration",
    })
  }
  const drafts = withAdvice(parseMypy(execution.reports.stdout ?? execution.stdout.tail), project)
  if (code === 1 && drafts.length === 0)
    return couldNotLook(execution, { reason: "mypy failed without naming an error" })
  const { mypy, ...others } = ran.versions
  return {
    kind: "looked",
    findings: normaliseFindings(drafts),
    measures: {
      errors: drafts.filter(({ severity }) => severity === "error").length,
      checked: ran.checked,
      ...generatedBy(ran),
    },
    tools: Object.entries({ ...(mypy === undefined ? {} : { mypy }), ...others }).map(([name, version]) => ({
      name,
      version,
    })),
  }
}

/** Says with imports that mypy could not follow what would install all of them: stubs, and extras of the project. */
function withAdvice(drafts: readonly Draft[], project: Project): readonly Draft[] {
  const said = drafts.map(({ detail }) => detail ?? "").join("\n")
  const stubs = [...said.matchAll(/^Hint: "python3 -m pip install ([^"]+)"/gm)].flatMap(([, names = ""]) =>
    names.split(" "),
  )
  const known = project.dependencies.chosen?.types.requirements ?? []
  const offered = offeredModules(
    drafts.flatMap(({ message }) => unfound(message) ?? []),
    project,
  )
  const fromExtras = adviceOnMissing(offered, { project, stage: "types" })
  return drafts.map((draft) => {
    if (draft.rule === "import-untyped" && stubs.length > 0) {
      return { ...draft, help: `stubs: [tool.quillon.types] requirements = ${list([...known, ...stubs.toSorted()])}` }
    }
    return fromExtras !== undefined && offered.includes(unfound(draft.message) ?? "")
      ? { ...draft, help: fromExtras }
      : draft
  })
}

function unfound(message: string): string | undefined {
  return /library stub for module named "([^"]+)"/.exec(message)?.[1]
}

/** Modules that the build writes, which were taken from the wheel. */
function generatedBy({ generated }: z.infer<typeof report>): { readonly generated?: readonly string[] } {
  return generated.length === 0 ? {} : { generated }
}

/** The line that says most: the first error, behind which stand notes; else the last line, as of a traceback. */
function complaint(execution: Execution): string {
  const lines = lastLines(execution).split("\n")
  return lines.find((line) => /(?:^|: )error: /.test(line)) ?? (lines.at(-1) || "it said nothing")
}

/** Errors with the notes that follow them at the same line; a note of its own (`reveal_type`) stays a note. */
export function parseMypy(text: string): readonly Draft[] {
  const drafts: Draft[] = []
  for (const line of text.split("\n")) {
    const { file = "", line: row, column, kind, message = "", rule } = LINE.exec(line)?.groups ?? {}
    if (row === undefined) continue
    const last = drafts.at(-1)
    if (kind === "note" && last?.severity === "error" && last.file === file && last.line === Number(row)) {
      drafts[drafts.length - 1] = {
        ...last,
        detail: last.detail === undefined ? message : `${last.detail}\n${message}`,
      }
      continue
    }
    drafts.push({
      tool: "mypy",
      rule: rule ?? (kind === "note" ? "note" : "misc"),
      severity: kind === "note" ? "note" : "error",
      file,
      line: Number(row),
      ...(column === undefined ? {} : { column: Number(column) }),
      message,
      ...(rule === undefined ? {} : { help: `https://mypy.readthedocs.io/en/stable/_refs.html#code-${rule}` }),
    })
  }
  return drafts
}
