import { z } from "zod"
import { cleanText } from "../findings/clean-text.js"
import { type Draft, normaliseFindings } from "../findings/normalise.js"
import type { Execution } from "../pipeline/command.js"
import type { CouldNotLook, Reading } from "../pipeline/reading.js"
import type { ReadContext } from "../pipeline/stage.js"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { readIndexRefusal } from "../toolchain/index-refusal.js"
import { brokenExit, couldNotLook } from "./could-not-look.js"
import { indexTrouble } from "./index-trouble.js"
import { executionOf, jsonReport } from "./json-report.js"
import { lockOutOfSight } from "./resolve-plan.js"

const purpose = z.object({
  exit: z.number(),
  output: z.string(),
  packages: z.record(z.string(), z.string()),
})

const report = z.object({
  python: z.string(),
  uv: z.string(),
  lock: z.string().nullable(),
  /** What uv says of a lock that is not what the metadata asks for. */
  stale: z.string().nullish(),
  purposes: z.record(z.string(), purpose),
})

/** Reads what resolve.py wrote: no solution is a finding; an index that cannot be asked is not. */
export function readResolve(executions: readonly Execution[], { project, settings }: ReadContext): Reading {
  const execution = executionOf(executions, "resolve")
  const broken = brokenExit(execution.exit, "the resolution")
  if (broken !== undefined) return couldNotLook(execution, { reason: broken })
  const resolved = jsonReport(execution, "resolve", report)
  if (resolved === undefined) return couldNotLook(execution, { reason: "the resolution left no report" })
  const entries = Object.entries(resolved.purposes)
  for (const [name, { exit, output }] of entries) {
    if (exit !== 0 && !hasNoSolution(output)) return unresolved(PURPOSES[name] ?? name, output, settings)
  }
  return {
    kind: "looked",
    findings: normaliseFindings([
      ...hiddenLock(project),
      ...staleLock(resolved),
      ...entries.filter(([, { exit }]) => exit !== 0).map(unsatisfiable),
    ]),
    measures: {
      lock: resolved.lock,
      packages: Object.fromEntries(entries.map(([name, { packages }]) => [name, packages])),
    },
    tools: [
      { name: "uv", version: resolved.uv },
      { name: "python", version: resolved.python },
    ],
    artifacts: [{ kind: "requirements", facts: factsOf(resolved) }],
  }
}

function factsOf(resolved: z.infer<typeof report>): Readonly<Record<string, string>> {
  const purposes = Object.entries(resolved.purposes).filter(([, { exit }]) => exit === 0)
  return Object.fromEntries(purposes.map(([name]) => [name, `${name}.txt`]))
}

/** An index that asks for credentials looks to uv as if it had no such package; only its hint tells. */
function hasNoSolution(output: string): boolean {
  return output.includes("No solution found when resolving") && readIndexRefusal(output, undefined) === undefined
}

function unsatisfiable([name, { output }]: [string, z.infer<typeof purpose>]): Draft {
  return {
    tool: "uv",
    rule: "no-solution",
    severity: "error",
    message: `nothing satisfies what ${PURPOSES[name] ?? name} requires: ${because(output)}`,
    detail: output,
    help: "loosen the requirement that the message names, or drop the Python that it excludes",
  }
}

function hiddenLock(project: Project): readonly Draft[] {
  const lock = project.dependencies.lock?.path ?? ""
  if (!lockOutOfSight(project)) return []
  const message = `the workspace's lock ${lock} lies outside of the project and was not used: versions were resolved anew`
  return [{ tool: "quillon", rule: "hidden-lock", severity: "note", message }]
}

function staleLock({ lock, stale }: z.infer<typeof report>): readonly Draft[] {
  if (stale == null || lock === null) return []
  return [
    {
      tool: "uv",
      rule: "lock-mismatch",
      severity: "error",
      file: lock,
      message: `${lock} is not what the project's metadata asks for`,
      detail: stale,
      help: "uv lock",
    },
  ]
}

/** uv's own explanation, which begins with "Because". */
function because(output: string): string {
  const text = cleanText(output).replace(/\s+/g, " ")
  return /Because .*?(?=(?: hint:|$))/.exec(text)?.[0] ?? text.slice(0, 300)
}

const PURPOSES: Readonly<Record<string, string>> = {
  runtime: "the project",
  test: "the test environment",
  types: "the type check",
}

function unresolved(what: string, output: string, { index }: Settings): CouldNotLook {
  const said = cleanText(output)
  const detail = said.trimEnd()
  const trouble = indexTrouble(said, index)
  if (trouble !== undefined) {
    return { kind: "errored", ...trouble, reason: `${trouble.reason} (for ${what})`, detail }
  }
  const built = /Failed to build [^\n]*/.exec(said)?.[0]
  if (built !== undefined) {
    return {
      kind: "errored",
      reason: `the metadata of a dependency could not be built for ${what}: ${built}`,
      next: "it may need a system package (setting apt) or have no release for this Python",
      detail,
    }
  }
  const first = said.split("\n").find((line) => line.trim() !== "") ?? "no message"
  return { kind: "errored", reason: `uv could not resolve ${what}: ${first.replace(/^error: /, "")}`, detail }
}
