import type { RemoteRefs } from "../../release/facts.js"

/** What a remote is asked for: tags, and where journals of abandoned releases are (`targets/ports/journal-store.ts`). */
export const REMOTE_REFS: readonly string[] = [
  "refs/tags/*",
  "refs/quillon/abandoned/*",
  "refs/heads/quillon/abandoned/*",
]

/** Tells tags and abandoned releases apart by the full names of refs. Pure. */
export function readRefNames(names: readonly string[]): RemoteRefs {
  const below = (pattern: RegExp) => names.flatMap((name) => pattern.exec(name)?.[1] ?? [])
  return {
    tags: below(/^refs\/tags\/(.+?)(?:\^\{\})?$/).filter((tag, at, all) => all.indexOf(tag) === at),
    abandoned: [...new Set(below(/^refs\/(?:heads\/)?quillon\/abandoned\/(.+)$/))],
  }
}
