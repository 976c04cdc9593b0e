/** How a write ended. A target never throws for what a service answers; throwing is for bugs. */
export type Written =
  | { readonly kind: "done"; readonly receipt: Receipt }
  /** The answer never came or says nothing (5xx, a broken connection): it may have happened. Probed, not repeated. */
  | { readonly kind: "lost"; readonly why: string; readonly retryAfter?: number }
  /** Accepted and not over yet: an approval, a quarantine. */
  | { readonly kind: "waiting"; readonly until: string }
  | Refused

/** Said only where it is certain that nothing was written. */
export interface Refused {
  readonly kind: "refused"
  readonly reason: Refusal
}

/** Why a target did not write. Each text is one line. */
export type Refusal =
  /** Something else stands there. */
  | { readonly kind: "conflict"; readonly detail: string }
  /** The branch is not where the plan saw it. */
  | { readonly kind: "moved"; readonly detail: string }
  /** The name was used once and can never be used again. */
  | { readonly kind: "burnt"; readonly detail: string }
  /** Credentials are missing, wrong or too weak. */
  | { readonly kind: "denied"; readonly why: string; readonly next: string }
  /** Asked too often; `retryAfter` in seconds where the target named it. */
  | { readonly kind: "rate-limited"; readonly why: string; readonly retryAfter?: number }
  /** No connection was made, or the target said that it is not there for now. */
  | { readonly kind: "unavailable"; readonly why: string; readonly retryAfter?: number }
  /** The target does not take such a thing, however often it is asked. */
  | { readonly kind: "invalid"; readonly why: string; readonly next: string }

/** What one write left. The executor adds when. */
export interface Receipt {
  /** E.g. `engine-1.3.0.tar.gz`. */
  readonly what: string
  /** E.g. `pypi`. */
  readonly where: string
  /** `sha256:…` of what was written, or the id of a git object. */
  readonly digest?: string
  /** A page that people can open. */
  readonly link?: string
}
