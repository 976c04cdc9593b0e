import type { Attempt } from "./attempt.js"

/** Attempts at most for one cell, the first included. */
export const MAX_ATTEMPTS = 2

/**
 * Whether an attempt is made again with a fresh nonce. What could not look may come from the cache, where the
 * engine keeps failures like successes, and a network that was down may be up again. Not made again: what took
 * its whole time just now, an image that is not there, and an engine that is gone.
 *
 * @param cached whether the steps came from the cache; null where nobody can tell.
 */
export function deservesRetry(attempt: Attempt, made: number, cached: boolean | null): boolean {
  if (attempt.reading.kind !== "errored" || made >= MAX_ATTEMPTS) return false
  if (attempt.thrown?.cause === "image-missing" || attempt.thrown?.cause === "engine-lost") return false
  const timedOut = attempt.executions.some(({ exit }) => exit.kind === "timed-out")
  return !(timedOut && cached === false)
}
