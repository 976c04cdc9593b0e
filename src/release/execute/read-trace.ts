import type { Unseen } from "../../targets/ports/sight.js"
import { decodeJournal } from "../journal/codec.js"
import { decodeReceipt, type ReleaseReceipt } from "../journal/receipt.js"
import type { Refusal } from "../journal/refusal.js"
import type { Journal } from "../journal/schema.js"
import type { ReleaseTargets } from "./world.js"

/** What the git remote keeps of the release of one version. */
export type ReleaseTrace =
  | { readonly kind: "journal" | "abandoned"; readonly journal: Journal }
  | { readonly kind: "receipt"; readonly receipt: ReleaseReceipt }
  /** The tag is there, and Quillon did not release it. */
  | { readonly kind: "baseline"; readonly commit: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "unseen"; readonly unseen: Unseen }
  | Refusal

/**
 * Reads the journal of a version, else that of an abandoned release, else its receipt. The receipt comes before the
 * journal goes, so that a release which is finished meanwhile is not overlooked.
 */
export async function readTrace(
  { git, journals }: Pick<ReleaseTargets, "git" | "journals">,
  { version, tag }: { readonly version: string; readonly tag: string },
): Promise<ReleaseTrace> {
  const found = await journals.read(version)
  if (found.kind === "found") return journalIn(found.value.text, "journal")
  if (found.kind !== "absent") return { kind: "unseen", unseen: found }
  const [note, closed] = await Promise.all([git.receipt(tag), journals.abandoned(version)])
  if (closed.kind === "found") return journalIn(closed.value.text, "abandoned")
  if (closed.kind !== "absent") return { kind: "unseen", unseen: closed }
  if (note.kind === "absent") return { kind: "nothing" }
  if (note.kind !== "found") return { kind: "unseen", unseen: note }
  if (note.value.text === null) return { kind: "baseline", commit: note.value.commit }
  const read = decodeReceipt(note.value.text)
  return read.kind === "refused" ? read : { kind: "receipt", receipt: read.receipt }
}

function journalIn(text: string, kind: "journal" | "abandoned"): ReleaseTrace {
  const read = decodeJournal(text)
  return read.kind === "refused" ? read : { kind, journal: read.journal }
}
