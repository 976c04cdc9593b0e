import type { ActReceipt } from "../journal/schema.js"

/** How one act of a release ended. */
export type ActEnd =
  /** It is there, as wanted: written now, found there, or rightly not written. */
  { readonly kind: ActReceipt["outcome"]; readonly receipt: Omit<ActReceipt, "when"> } | ActStop

/** How a step ended: all its acts are there, or the first thing in the way. */
export type StepEnd = ActStop | { readonly kind: "done" | "already-done" }

/** Why a release does not go on. */
export type ActStop =
  /** Something else stands there. */
  | { readonly kind: "conflict"; readonly detail: string }
  /** The branch is not where the plan saw it. */
  | { readonly kind: "moved"; readonly detail: string }
  /** The name can never be used. */
  | { readonly kind: "burnt"; readonly detail: string }
  /** Nothing is wrong; it is not over. */
  | { readonly kind: "waiting"; readonly until: string }
  | {
      readonly kind: "failed"
      readonly why: string
      readonly next: string
      /** `release`: what is released is wrong. `surroundings`: a credential, a permission, a service. */
      readonly blame: "release" | "surroundings"
    }
  /** Somebody else holds the release now. */
  | { readonly kind: "unheld"; readonly why: string }
