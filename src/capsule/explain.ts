import type { Change } from "./changes.js"
import type { CellInputs } from "./inputs.js"

/** Why a cell ran, or was taken from the cache. */
export interface Explanation {
  readonly cell: string
  /** Id of the run that is explained. */
  readonly run: string
  /** Id of the last run before it in which the cell was executed. */
  readonly before?: string
  readonly state: "ran" | "cached" | "unseen" | "skipped"
  readonly changes: readonly Change[]
  /** False where nothing that was recorded tells why. */
  readonly explained: boolean
  /** Why it was skipped. */
  readonly reason?: string
  /** What is not known, a line each. */
  readonly blind: readonly string[]
}

/** What an explanation is made of. */
export interface ExplanationFacts {
  readonly cell: string
  readonly run: string
  readonly now: CellInputs
  /** Absent where no earlier run of the cell is recorded. */
  readonly before?: { readonly run: string; readonly changes: readonly Change[] }
  /** Whether digests of files are known of both runs. */
  readonly files: boolean
}

/** Puts together what is known of a cell. Pure. */
export function explain({ cell, run, now, before, files }: ExplanationFacts): Explanation {
  const base = { cell, run, ...(before === undefined ? {} : { before: before.run }) }
  if (now.outcome === "skipped") {
    return { ...base, state: "skipped", changes: [], explained: true, reason: now.reason ?? "skipped", blind: [] }
  }
  const changes = before?.changes ?? []
  const state = now.cached === null ? "unseen" : now.cached ? "cached" : "ran"
  return {
    ...base,
    state,
    changes,
    explained: before === undefined || state !== "ran" || changes.length > 0,
    blind: [
      ...(files ? [] : ["digests of the files are not known of both runs"]),
      ...(now.views.some(({ ignored }) => ignored) ? ["files that git ignores are not looked at"] : []),
    ],
  }
}

const SHOWN = 20

/** An explanation as lines for people. Pure. */
export function renderExplanation(explanation: Explanation): readonly string[] {
  const { cell, run, before, state, changes, explained, reason, blind } = explanation
  if (state === "skipped") return [`${cell} did not run in ${run}: ${reason}`]
  const since = before === undefined ? "" : ` since ${before}`
  const hidden = changes.length - SHOWN
  return [
    `${cell} ${headOf(explanation)}`,
    ...changes.slice(0, SHOWN).map((change) => `  ${describeChange(change)}`),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ...(state === "cached" && changes.length > 0
      ? ["  and the engine remembers a run of just this state, or the cell reads none of it"]
      : []),
    ...(explained
      ? []
      : [
          `  nothing that was recorded changed${since}: the engine may have forgotten the result, or something changed that`,
          "  no run records, e.g. the value of a secret",
        ]),
    ...blind.map((line) => `  ${line}`),
  ]
}

function headOf({ run, before, state, changes }: Explanation): string {
  const since = before === undefined ? "no earlier run of it is recorded" : `since ${before}:`
  switch (state) {
    case "cached":
      if (before !== undefined && changes.length === 0) return `was cached in ${run}: nothing changed since ${before}`
      return `was cached in ${run}${before === undefined ? `; ${since}` : `, ${since}`}`
    case "unseen":
      return `ran or was cached in ${run}, nobody saw which; ${since}`
    default:
      return `ran in ${run}${before === undefined ? `: ${since}` : `, ${since}`}`
  }
}

function describeChange(change: Change): string {
  switch (change.kind) {
    case "file":
      return `${change.path} ${change.how}`
    case "setting":
      return `setting ${change.key}: ${shown(change.before)} → ${shown(change.after)}`
    case "command":
      return `command ${change.command}: ${change.before} → ${change.after}`
    case "image":
    case "package":
    case "tool":
      return `${change.kind} ${change.name}: ${short(change.before)} → ${short(change.after)}`
    case "artifact":
      return `what ${change.from} gives is another one (${change.artifact}): quillon why ${change.from}`
    case "quillon":
    case "engine":
      return `${change.kind === "quillon" ? "Quillon" : "engine"}: ${change.before} → ${change.after}`
    case "time":
      return "its result is good for a time, which is over"
    case "always":
      return "it is never taken from the cache"
    case "asked":
      return "it was asked for: --fresh or --failed"
    case "retry":
      return `it could not look at first, and ran again: ${change.attempts} attempts`
  }
}

function shown(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value)
}

/** Digests are told by their beginning. */
function short(text: string | undefined): string {
  return text === undefined ? "none" : text.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1")
}
