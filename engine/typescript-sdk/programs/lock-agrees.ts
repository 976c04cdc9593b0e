type Manifest = Readonly<Record<string, unknown>>

/** The parts of package.json that a lock repeats of the package itself (package-lock.json, lockfileVersion 2 and 3). */
const REPEATED = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "workspaces"]

/**
 * True where package-lock.json was made for just these dependencies. It is then left alone: another release of npm
 * would write the same lock in other words.
 */
export function lockAgrees(manifest: Manifest, lock: Manifest): boolean {
  const packages = lock.packages as Readonly<Record<string, Manifest | undefined>> | undefined
  const locked = packages?.[""]
  if (locked === undefined) return false
  return REPEATED.every((part) => canonical(manifest[part]) === canonical(locked[part]))
}

function canonical(part: unknown): string {
  if (part === undefined || part === null) return "{}"
  return JSON.stringify(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))).replace(/^\[\]$/, "{}")
}
