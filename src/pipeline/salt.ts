import type { CachePolicy } from "./cache-policy.js"

/** What makes a step differ from the same step of another time. Environment of that step alone. */
export type Salt = Readonly<Record<string, string>>

/** Facts from which a step's salt follows. */
export interface SaltInput {
  readonly policy: CachePolicy
  /** Milliseconds since 1970. */
  readonly now: number
  /** 1 for the first attempt; a later one is always salted, because the engine remembers failures too. */
  readonly attempt: number
  /** True when the person asked to run the step again. */
  readonly fresh: boolean
  readonly nonce: () => string
}

/** Decides the salt of a step (DESIGN §6): a nonce, a time bucket, or nothing. Pure but for the nonce. */
export function saltOf({ policy, now, attempt, fresh, nonce }: SaltInput): Salt {
  if (policy.kind === "effect" || fresh || attempt > 1) return { QUILLON_NONCE: nonce() }
  if (policy.kind === "observe") return { QUILLON_BUCKET: String(Math.floor(now / 1000 / policy.ttl)) }
  return {}
}
