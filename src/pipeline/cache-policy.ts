/** What may be remembered of a stage's step (DESIGN §6). */
export type CachePolicy =
  /** The result depends on its inputs alone: cached for ever. */
  | { readonly kind: "pure" }
  /** Looks at the world (index, advisories): looked at anew after `ttl` seconds. */
  | { readonly kind: "observe"; readonly ttl: number }
  /** Changes the world, or reads state that an effect depends on: never cached. */
  | { readonly kind: "effect" }

/** The result depends on its inputs alone. */
export const PURE: CachePolicy = { kind: "pure" }

/** The step looks at the world; its result is good for `ttl` seconds. */
export function observe(ttl: number): CachePolicy {
  return { kind: "observe", ttl }
}

/** The step changes the world. */
export const EFFECT: CachePolicy = { kind: "effect" }

/** Seconds in a day. */
export const DAY = 86_400
