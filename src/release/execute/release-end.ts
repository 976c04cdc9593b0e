import type { Trouble } from "../../targets/ports/target.js"
import type { ActReceipt, Holder } from "../journal/schema.js"
import type { Step } from "../plan/schema.js"
import type { ActStop } from "./act-end.js"

/** How carrying out a release ended. */
export type ReleaseEnd =
  /** Every target that the journal names has it. */
  | { readonly kind: "released"; readonly version: string; readonly receipts: readonly ActReceipt[] }
  /** It was finished before; nothing was written. */
  | { readonly kind: "already-released"; readonly version: string; readonly receipts: readonly ActReceipt[] }
  /** Something stood against it before the first write. */
  | { readonly kind: "refused"; readonly troubles: readonly Trouble[] }
  /** Somebody else holds it; `fate` says what is known of him. */
  | { readonly kind: "held"; readonly holder: Holder; readonly written: string; readonly fate: "alive" | "unknown" }
  /** There is nothing to go on with. */
  | { readonly kind: "nothing"; readonly why: string; readonly next: string }
  /** Nothing permanent happened, and what was written was taken back. */
  | {
      readonly kind: "withdrawn"
      readonly why: string
      readonly next: string
      readonly cause: "conflict" | "moved" | "burnt" | "gate" | "abandoned"
    }
  /** A person gave it up after something permanent had happened: that stays, and the version is not used again. */
  | {
      readonly kind: "abandoned"
      readonly version: string
      readonly why: string
      /** What should have gone and could not, one line each. */
      readonly left: readonly string[]
      readonly receipts: readonly ActReceipt[]
    }
  /** It stands still and can be resumed, on any machine. */
  | { readonly kind: "stopped"; readonly step: Step["id"]; readonly stop: ActStop; readonly permanent: boolean }
