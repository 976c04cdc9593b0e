import { delayOf } from "./back-off.js"
import type { ReleaseWorld } from "./world.js"

/** Waits between attempts, until patience is over. */
export interface Waits {
  /** Waits for the next attempt; false where patience is over or the release is to be laid down. */
  again(reason: { readonly what: string; readonly why: string; readonly retryAfter?: number }): Promise<boolean>
  /** Waits for a page that lags, at most `seconds` more; counts as no attempt. */
  settle(seconds: number): Promise<boolean>
}

const GLANCE_SECONDS = 5

/** Patience begins now. */
export function createWaits({ clock, patience, random, emit, signal }: ReleaseWorld): Waits {
  const until = clock.now() + patience.seconds * 1_000
  let attempt = 0
  return {
    async again({ what, why, retryAfter }) {
      attempt += 1
      const delay = delayOf({ attempt, retryAfter, random: random() })
      if (attempt >= patience.attempts || clock.now() + delay > until || signal.aborted) return false
      emit({ kind: "tried-again", what, why, seconds: Math.ceil(delay / 1_000) })
      await clock.sleep(delay)
      return !signal.aborted
    },
    async settle(seconds) {
      const delay = Math.min(GLANCE_SECONDS, seconds) * 1_000
      if (clock.now() + delay > until || signal.aborted) return false
      await clock.sleep(delay)
      return !signal.aborted
    },
  }
}
