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
import { invalidRequirement, placeOfRequirement, versionControlled } from "./resolve-blame.js"
import { levelsAbove } from "./resolve-plan.js"
import { excludedByPython } from "./resolve-python.js"

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
  /** Folders that the lock names in place of releases: other members of the workspace. */
  members: z.array(z.string()).default([]),
  /** Locked releases of which the index has none of the files. */
  foreign: z.array(z.string()).default([]),
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
  const unread = entries.filter(([, { exit, output }]) => exit !== 0 && !hasNoSolution(output))
  const invalid = unread.flatMap(([, { output }]) => invalidRequirement(project, output) ?? [])
  const [trouble] = unread
  if (trouble !== undefined && invalid.length === 0) {
    const [name, { output }] = trouble
    return versionControlled(project) ?? unresolved(PURPOSES[name] ?? name, output, settings)
  }
  const excluded = excludedHere(project, resolved)
  if (excluded !== undefined) return excluded
  return {
    kind: "looked",
    findings: normaliseFindings([
      ...hiddenLock(project, resolved),
      ...staleLock(resolved),
      ...membersOf(resolved),
      ...foreignFiles(resolved),
      ...invalid,
      ...unsatisfiable(project, entries),
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

/** What alone keeps purposes from a solution: that the cell's interpreter is none for which a package can be had. */
function excludedHere(project: Project, { python, purposes }: z.infer<typeof report>): CouldNotLook | undefined {
  const unsolved = Object.entries(purposes).filter(([, { exit }]) => exit !== 0)
  const excluded = unsolved.map(([name, { output }]) =>
    excludedByPython(project, { output, python, what: PURPOSES[name] ?? name }),
  )
  if (excluded.includes(undefined)) return undefined
  return excluded[unsolved.findIndex(([name]) => name === "runtime")] ?? excluded[0]
}

/** What each purpose can't have; what already the project can't have is told once, and not again for tests and types. */
function unsatisfiable(project: Project, entries: readonly [string, z.infer<typeof purpose>][]): readonly Draft[] {
  const unsolved = entries.filter(([, { exit, output }]) => exit !== 0 && hasNoSolution(output))
  const first = unsolved.find(([name]) => name === "runtime")
  const own = first === undefined ? undefined : because(first[1].output)
  const told = unsolved.filter((entry) => entry === first || because(entry[1].output) !== own)
  return told.map(([name, { output }]) => ({
    tool: "uv",
    rule: "no-solution",
    severity: "error",
    ...placeOfRequirement(project, because(output)),
    message: `nothing satisfies what ${PURPOSES[name] ?? name} requires: ${because(output)}`,
    detail: output,
    help: "loosen one of the requirements that the message names",
  }))
}

function membersOf({ members }: z.infer<typeof report>): readonly Draft[] {
  return members.map((member) => ({
    tool: "quillon",
    rule: "workspace-member",
    severity: "warning",
    message: `${member} is another project of the workspace, which is not installed here: what imports it will miss it`,
    help: "name a release of it in test.requirements, or examine the two as one application: kind",
  }))
}

function foreignFiles({ foreign, lock }: z.infer<typeof report>): readonly Draft[] {
  return foreign.map((release) => ({
    tool: "quillon",
    rule: "lock-mismatch",
    severity: "error",
    file: lock ?? "",
    message: `the index has none of the files that ${lock} names for ${release}`,
    help: "lock again, or name the index that the lock was made with: index.url",
  }))
}

function hiddenLock(project: Project, resolved: z.infer<typeof report>): readonly Draft[] {
  const lock = project.dependencies.lock?.path ?? ""
  if (levelsAbove(project) === 0 || resolved.lock !== null) return []
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
