import type { Change } from "../commits/change.js"
import type { ReleaseTag } from "../tags.js"

/** What an answer "nothing to release" is explained with. */
export interface Silence {
  readonly changes: readonly Change[]
  /** How many commits there are, merges and reverted ones included. */
  readonly commits: number
  readonly last: ReleaseTag | undefined
  /** The version that the files state, where it is ahead of the last release. */
  readonly ahead: { readonly where: string; readonly version: string } | undefined
}

/** Says in one line why there is nothing to release. */
export function reasonForNothing({ changes, commits, last, ahead }: Silence): string {
  const since = last === undefined ? "" : ` since ${last.name}`
  const what =
    commits === 0
      ? `there is no commit${since}`
      : `${commits === 1 ? "the one commit" : `${commits} commits`}${since} release${commits === 1 ? "s" : ""} nothing${kinds(changes)}`
  if (ahead === undefined) return what
  return `${what}; ${ahead.where} says ${ahead.version}, which the next release will at least be`
}

function kinds(changes: readonly Change[]): string {
  const counts = new Map<string, number>()
  for (const { type } of changes) {
    const name = type ?? "not conventional"
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const shown = sorted.slice(0, 5).map(([name, count]) => `${name} ${count}`)
  return shown.length === 0 ? "" : ` (${shown.join(", ")}${sorted.length > 5 ? ", …" : ""})`
}
