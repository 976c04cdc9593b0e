import { decodeReceipt } from "../journal/receipt.js"
import type { ReleaseEnd } from "./release-end.js"
import type { ReleaseTargets } from "./world.js"

/** What the receipt at a tag says of its release. */
export type ReceiptNote =
  | { readonly kind: "unseen"; readonly why: string }
  | { readonly kind: "no-tag" | "no-receipt" }
  /** The release was finished, or a Quillon that this one can't read says so. */
  | { readonly kind: "told"; readonly end: ReleaseEnd }

/** Reads the receipt that a finished release leaves at its tag. */
export async function readReceipt(
  git: ReleaseTargets["git"],
  { version, tag }: { readonly version: string; readonly tag: string },
): Promise<ReceiptNote> {
  const note = await git.receipt(tag)
  if (note.kind === "hidden" || note.kind === "unreachable") return { kind: "unseen", why: note.why }
  if (note.kind === "absent") return { kind: "no-tag" }
  if (note.value.text === null) return { kind: "no-receipt" }
  const read = decodeReceipt(note.value.text)
  return {
    kind: "told",
    end:
      read.kind === "refused"
        ? { kind: "nothing", why: read.message, next: read.next }
        : { kind: "already-released", version, receipts: read.receipt.receipts },
  }
}
