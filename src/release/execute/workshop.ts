import type { ReleaseCommit } from "../../targets/ports/git-remote.js"
import type { Built, ReleaseArtifact } from "../journal/schema.js"
import type { ReleasePlan } from "../plan/schema.js"

/** What is to be built and judged. */
export interface BuildOrder {
  readonly plan: ReleasePlan
  readonly release: ReleaseCommit
}

/** How building and judging ended. */
export type BuildEnd =
  | { readonly kind: "built"; readonly built: Built }
  /** A gate said no, and the plan does not allow that failure. */
  | { readonly kind: "failed"; readonly why: string; readonly next: string }
  | { readonly kind: "could-not-look"; readonly why: string; readonly next: string }

/** Bytes that are still to be written somewhere. */
export interface Needed {
  readonly artifacts: readonly ReleaseArtifact[]
  /** Digest of the image; null where it is in its registry. */
  readonly image: string | null
}

/** Whether bytes are at hand. */
export type Brought =
  | { readonly kind: "at-hand" }
  /** Nobody has them, and building anew gives others. */
  | { readonly kind: "gone"; readonly why: string }
  | { readonly kind: "could-not-look"; readonly why: string; readonly next: string }

/** Builds the release commit and keeps what came out, by sha256, for the clients of the targets. */
export interface Workshop {
  /** Builds the commit with its own time as epoch, and runs every gate on those very bytes. */
  build(order: BuildOrder): Promise<BuildEnd>
  /** Gets at bytes that were built before, maybe elsewhere: kept here, staged there, or built again to the same digest. */
  bring(needed: Needed, order: BuildOrder): Promise<Brought>
}
