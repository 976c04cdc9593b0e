/**
 * What a look at a target shows of one thing that a release writes there.
 *
 * `absent` is said only where the target proved that it would have shown the thing: a 404 without permission to see
 * is `hidden`.
 */
export type Sight =
  | { readonly kind: "absent" }
  | { readonly kind: "identical"; readonly link?: string }
  /** Something else stands in its place; `detail` names both, on one line. */
  | { readonly kind: "different"; readonly detail: string }
  | Unseen

/** Why a look showed nothing. */
export type Unseen =
  /** Not permitted to look, so that absence proves nothing. */
  | { readonly kind: "hidden"; readonly why: string }
  /** No answer, or none that can be read; `retryAfter` in seconds where the target named it. */
  | { readonly kind: "unreachable"; readonly why: string; readonly retryAfter?: number }

/** What a look at a target found, where it is more than a yes or no. */
export type Found<T> = { readonly kind: "absent" } | { readonly kind: "found"; readonly value: T } | Unseen
