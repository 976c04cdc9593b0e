import { decodeJournal } from "../journal/codec.js"
import type { Journal } from "../journal/schema.js"
import { type ReceiptTrace, readReceipt } from "./read-receipt.js"
import type { ReleaseTargets } from "./world.js"

/** What the git remote keeps of the release of one version. */
export type ReleaseTrace = { readonly kind: "journal" | "abandoned"; readonly journal: Journal } | ReceiptTrace

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
  const [receipt, closed] = await Promise.all([readReceipt(git, tag), journals.abandoned(version)])
  if (closed.kind === "found") return journalIn(closed.value.text, "abandoned")
  return closed.kind === "absent" ? receipt : { kind: "unseen", unseen: closed }
}

function journalIn(text: string, kind: "journal" | "abandoned"): ReleaseTrace {
  const read = decodeJournal(text)
  return read.kind === "refused" ? read : { kind, journal: read.journal }
}
