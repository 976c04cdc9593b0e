import type { Change } from "./change.js"

/**
 * Leaves out each change that a later one of the list takes back, together with the revert: between the two releases
 * nothing happened. A revert of something that was released stays, and so does a change that was put back.
 *
 * @param changes newest first
 */
export function withoutReverted(changes: readonly Change[]): readonly Change[] {
  const hashes = [...new Set(changes.map(({ hash }) => hash))]
  const full = createLookup(hashes)
  const gone = new Set<string>()
  for (const { hash, reverts } of changes) {
    if (reverts.length === 0 || gone.has(hash)) continue
    const targets = reverts.map(full)
    if (!targets.every((target): target is string => target !== undefined && target !== hash)) continue
    for (const target of [hash, ...targets]) gone.add(target)
  }
  return gone.size === 0 ? changes : changes.filter(({ hash }) => !gone.has(hash))
}

/** Finds the one hash that a shortened one stands for. */
function createLookup(hashes: readonly string[]): (short: string) => string | undefined {
  const known = new Set(hashes)
  return (short) => {
    if (known.has(short)) return short
    const found = hashes.filter((hash) => hash.startsWith(short))
    return found.length === 1 ? found[0] : undefined
  }
}
