import type { ReleaseEnd } from "../../../../src/release/execute/release-end.js"
import type { ReleasePlan } from "../../../../src/release/plan/schema.js"

/** What the program `carry-out.ts` is told in a file. */
export interface CarryOutOrder {
  /** Folder of this machine alone: what another one has fetched is not in it. */
  readonly folder: string
  readonly plan: ReleasePlan
  readonly kind: "start" | "resume"
  readonly git: { readonly url: string; readonly token: string }
  readonly index: { readonly origin: string; readonly token: string }
  readonly github: { readonly api: string; readonly repository: string; readonly token: string }
  /** Step before which it says `paused` and waits for a line. */
  readonly pauseAt?: string
}

/** What it says on its last line. */
export type CarryOutAnswer = ReleaseEnd
