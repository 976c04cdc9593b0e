import type { Unseen } from "../../targets/ports/sight.js"
import { decodeReceipt, type ReleaseReceipt } from "../journal/receipt.js"
import type { Refusal } from "../journal/refusal.js"
import type { ReleaseEnd } from "./release-end.js"
import type { ReleaseTargets } from "./world.js"

/** What a release that was finished has left at its tag. */
export type ReceiptTrace =
  | { readonly kind: "receipt"; readonly receipt: ReleaseReceipt }
  /** The tag is there, and Quillon did not release it. */
  | { readonly kind: "baseline"; readonly commit: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "unseen"; readonly unseen: Unseen }
  /** A Quillon that this one can't read finished it. */
  | Refusal

/** Reads the receipt that a finished release leaves at its tag. */
export async function readReceipt(git: ReleaseTargets["git"], tag: string): Promise<ReceiptTrace> {
  const note = await git.receipt(tag)
  if (note.kind === "absent") return { kind: "nothing" }
  if (note.kind !== "found") return { kind: "unseen", unseen: note }
  if (note.value.text === null) return { kind: "baseline", commit: note.value.commit }
  const read = decodeReceipt(note.value.text)
  return read.kind === "refused" ? read : { kind: "receipt", receipt: read.receipt }
}

/** How a release ends that was finished before. */
export function endOfFinished(
  trace: Extract<ReceiptTrace, { readonly kind: "receipt" | "refused" }>,
  version: string,
): ReleaseEnd {
  return trace.kind === "refused"
    ? { kind: "nothing", why: trace.message, next: trace.next }
    : { kind: "already-released", version, receipts: trace.receipt.receipts }
}
