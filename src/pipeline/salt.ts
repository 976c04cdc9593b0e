import type { CachePolicy } from "./cache-policy.js"

/** What makes a step differ from the same step of another time. Environment of that step alone. */
export type Salt = Readonly<Record<string, string>>

/** Facts from which a step's salt follows. */
export interface SaltInput {
  readonly policy: CachePolicy
  /** Milliseconds since 1970. */
  readonly now: number
  /** The nonce of the attempt: of a retry, or of the retry that once led past a failure that the engine remembers. */
  readonly nonce?: string
  /** True when the person asked to run the step again. */
  readonly fresh: boolean
  readonly makeNonce: () => string
}

/** Decides the salt of a step (DESIGN §6): a nonce, a time bucket, both, or nothing. Pure but for `makeNonce`. */
export function saltOf({ policy, now, nonce, fresh, makeNonce }: SaltInput): Salt {
  const unique = policy.kind === "effect" || fresh ? makeNonce() : nonce
  return {
    ...(unique === undefined ? {} : { QUILLON_NONCE: unique }),
    ...(policy.kind === "observe" ? { QUILLON_BUCKET: String(Math.floor(now / 1000 / policy.ttl)) } : {}),
  }
}
