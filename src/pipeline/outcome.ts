import type { Finding } from "../findings/finding.js"

/** How a cell ended. */
export type Outcome =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly findings: readonly Finding[]; readonly why: string }
  | { readonly kind: "errored"; readonly reason: string; readonly next?: string; readonly detail?: string }
  | { readonly kind: "skipped"; readonly reason: string; readonly skip: SkipKind }

/** Why a cell was skipped, for readers that are programs. */
export type SkipKind = "input" | "cancelled" | "no-image" | "not-applicable" | "deselected"
