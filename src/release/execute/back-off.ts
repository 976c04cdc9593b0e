/** What a delay follows from. */
export interface BackOff {
  /** From 1: how often it was tried. */
  readonly attempt: number
  /** Seconds that the target asked for. */
  readonly retryAfter?: number | undefined
  /** At least 0 and below 1. */
  readonly random: number
}

const FIRST = 1_000
const LONGEST = 60_000

/**
 * Milliseconds to wait before the next attempt: doubled each time, the upper half of it by chance so that many do not
 * come back at once, and never less than the target asked for.
 */
export function delayOf({ attempt, retryAfter = 0, random }: BackOff): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** (attempt - 1))
  return Math.ceil(Math.max(retryAfter * 1_000, whole / 2) + (random * whole) / 2)
}
