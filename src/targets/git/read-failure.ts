import type { Unseen } from "../ports/sight.js"
import type { Refused } from "../ports/written.js"
import type { GitFailure } from "./git-program.js"

const CREDENTIALS = "give a token or a key that may push to the repository"

/** Why a look at the remote showed nothing. A 404 is what hosts say to those who may not know of a repository. */
export function unseenBy({ status, complaint, retryAfter }: GitFailure): Unseen {
  const why = `the git remote: ${complaint}`
  if (status === 401 || status === 403 || status === 404) return { kind: "hidden", why }
  return { kind: "unreachable", why, ...(retryAfter === null ? {} : { retryAfter }) }
}

/** A push that may have been taken. */
export interface LostPush {
  readonly kind: "lost"
  readonly why: string
  readonly retryAfter?: number
}

/** What a push that failed on the wire means: certain refusals, and those where the answer alone was lost. */
export function writtenBy({ status, complaint, retryAfter, sent }: GitFailure): Refused | LostPush {
  const why = `the git remote: ${complaint}`
  const wait = retryAfter === null ? {} : { retryAfter }
  if (status === 429) return { kind: "refused", reason: { kind: "rate-limited", why, ...wait } }
  if (status === 401 || status === 403 || status === 404) {
    return { kind: "refused", reason: { kind: "denied", why, next: CREDENTIALS } }
  }
  return sent ? { kind: "lost", why, ...wait } : { kind: "refused", reason: { kind: "unavailable", why, ...wait } }
}

/** Whether git's word for a ref says that it is not where the pusher believed it to be. */
export function isStale(reason: string): boolean {
  return /stale info|fetch first|non-fast-forward|already exists|cannot lock ref|failed to update ref|incorrect old/.test(
    reason,
  )
}

/** A refusal by the remote's own rules: a protected branch, a reserved namespace. */
export function deniedBy(reasons: Readonly<Record<string, string>>, complaint: string): Refused {
  const why = `the git remote: ${complaint === "" ? Object.values(reasons)[0] : complaint}`
  const next = 'let the token push there, or set release.push = "tag" for a protected branch'
  return { kind: "refused", reason: { kind: "denied", why, next } }
}
