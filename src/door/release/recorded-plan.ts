import { QuillonError } from "../../errors.js"
import type { ReleaseTargets } from "../../release/execute/world.js"
import { decodeJournal } from "../../release/journal/codec.js"
import { decodeReceipt } from "../../release/journal/receipt.js"
import type { ReleasePlan } from "../../release/plan/schema.js"

/**
 * The plan that a version's journal holds, or its receipt: it names the targets, whatever the settings say by now. Null
 * where the version has neither, and where this Quillon can't read it.
 *
 * @throws QuillonError GIT_REMOTE_UNREACHABLE
 */
export async function recordedPlan(
  { git, journals }: Pick<ReleaseTargets, "git" | "journals">,
  { version, tag }: { readonly version: string; readonly tag: string },
): Promise<ReleasePlan | null> {
  const found = await journals.read(version)
  if (found.kind === "found") {
    return planIn(found.value.text)
  }
  if (found.kind !== "absent") throw unreachable(found.why)
  const [note, closed] = await Promise.all([git.receipt(tag), journals.abandoned(version)])
  if (closed.kind === "found") return planIn(closed.value.text)
  if (closed.kind !== "absent") throw unreachable(closed.why)
  if (note.kind === "hidden" || note.kind === "unreachable") throw unreachable(note.why)
  if (note.kind === "absent" || note.value.text === null) return null
  const read = decodeReceipt(note.value.text)
  return read.kind === "refused" ? null : read.receipt.plan
}

function planIn(journal: string): ReleasePlan | null {
  const read = decodeJournal(journal)
  return read.kind === "journal" ? read.journal.plan : null
}

/** The error for a git remote that does not say what releases there are. */
export function unreachable(why: string): QuillonError {
  return new QuillonError({
    code: "GIT_REMOTE_UNREACHABLE",
    message: `could not look for releases: ${why}`,
    next: "look at the remote's address and credentials (docs/releasing.md), then run it again",
    kind: "environment",
  })
}
