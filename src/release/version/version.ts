import compare from "semver/functions/compare.js"

/** What a pre-release may be called, in their order: `dev` sorts before `alpha`, as it does in Python. */
export const PRE_LABELS = ["dev", "alpha", "beta", "rc"] as const

/** One of {@link PRE_LABELS}. */
export type PreLabel = (typeof PRE_LABELS)[number]

/** A version of the domain that SemVer, PEP 440 and image tags share: `X.Y.Z[-(alpha|beta|rc).N]` and `X.Y.Z-0.dev.N`. */
export interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Absent on a final release. */
  readonly pre?: { readonly label: PreLabel; readonly number: number }
}

/** The version as people see and tag it: SemVer 2.0.0. */
export function toSemVer({ major, minor, patch, pre }: Version): string {
  const release = `${major}.${minor}.${patch}`
  if (pre === undefined) return release
  return pre.label === "dev" ? `${release}-0.dev.${pre.number}` : `${release}-${pre.label}.${pre.number}`
}

/** Negative when `a` comes before `b`, zero when they are the same version; by SemVer's precedence. */
export function compareVersions(a: Version, b: Version): number {
  return compare(toSemVer(a), toSemVer(b))
}

/** True when the version moves no floating tag and is not installed without being asked for. */
export function isPrerelease({ pre }: Version): boolean {
  return pre !== undefined
}
