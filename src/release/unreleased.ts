import { type Level, levelOf } from "./bump.js"
import { type Change, readChanges } from "./commits/change.js"
import { createCommitParser, type ParsedCommit } from "./commits/parser.js"
import { withoutReverted } from "./commits/reverts.js"
import type { RawCommit } from "./facts.js"
import type { WriterCommit } from "./notes/preset.js"
import type { ReleasePolicy } from "./policy-settings.js"
import { type PlanRefusal, refusePlan } from "./refusal.js"

/** A change that asks for a release. */
export interface Releasable {
  readonly change: Change
  readonly level: Level
}

/** What the unreleased commits come to. */
export interface Unreleased {
  readonly kind: "unreleased"
  /** For the writer, newest first. */
  readonly commits: readonly WriterCommit[]
  /** Newest first, reverted ones included. */
  readonly changes: readonly Change[]
  /** Newest first. */
  readonly releasable: readonly Releasable[]
  /** How many commits release nothing, reverted ones included. */
  readonly silent: number
}

/** Reads the unreleased commits; refuses one that is not conventional where the settings say so. */
export function readUnreleased(raw: readonly RawCommit[], policy: ReleasePolicy): Unreleased | PlanRefusal {
  const parse = createCommitParser()
  const commits = raw.flatMap(({ hash, author, message, parents }): WriterCommit[] => {
    const parsed: ParsedCommit | undefined = parse(message)
    if (parsed === undefined) return []
    const changes = readChanges({ ...parsed, hash, author, parents: parents.join(" ") }, policy.commits.squash)
    return [{ hash, header: parsed.header, notes: [], changes }]
  })
  const all = commits.flatMap(({ changes = [] }) => changes)
  const changes = withoutReverted(all)
  const strange = changes.find(({ type }) => type === null)
  if (policy.commits.unconventional === "refuse" && strange !== undefined) return unconventional(strange)
  const releasable = changes.flatMap((change): Releasable[] => {
    const level = levelOf(change, policy)
    return level === undefined ? [] : [{ change, level }]
  })
  const speaking = new Set(releasable.map(({ change }) => change.hash))
  return { kind: "unreleased", commits, changes: all, releasable, silent: raw.length - speaking.size }
}

function unconventional({ hash, subject }: Change): PlanRefusal {
  return refusePlan({
    code: "UNCONVENTIONAL_COMMIT",
    message: `commit ${hash.slice(0, 7)} is no conventional commit: ${JSON.stringify(subject)}`,
    next: "reword it, or set release.commits.unconventional to none, patch or minor",
  })
}
