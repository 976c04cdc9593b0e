import type { Trouble } from "../../targets/ports/target.js"
import type { ActReceipt } from "../journal/schema.js"
import type { ReleasePlan, Step } from "../plan/schema.js"
import type { StepEnd } from "./act-end.js"

/** What happens while a release is carried out, in order. Renderers only listen. */
export type ReleaseEvent =
  | { readonly kind: "release-started"; readonly plan: ReleasePlan; readonly from: "plan" | "journal" }
  | { readonly kind: "trouble"; readonly trouble: Trouble }
  | { readonly kind: "step-started"; readonly step: Step }
  | { readonly kind: "act-finished"; readonly step: Step; readonly receipt: Omit<ActReceipt, "when"> }
  /** Something is tried again, `seconds` from now. */
  | { readonly kind: "tried-again"; readonly what: string; readonly why: string; readonly seconds: number }
  | { readonly kind: "step-finished"; readonly step: Step; readonly end: StepEnd["kind"] }
  /** Nothing permanent happened, and what was written is taken back. */
  | { readonly kind: "withdrawing"; readonly why: string }
