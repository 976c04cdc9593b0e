import { QuillonError } from "../../errors.js"
import type { ReleaseTrace } from "../../release/execute/read-trace.js"
import type { Refusal } from "../../release/journal/refusal.js"
import type { ReleasePlan } from "../../release/plan/schema.js"

/**
 * The plan of a release that was begun or finished: it names the targets, whatever the settings say by now. Null where
 * nobody released the version, and where this Quillon can't read what it left.
 *
 * @throws QuillonError GIT_REMOTE_UNREACHABLE
 */
export function recordedPlan(trace: ReleaseTrace): ReleasePlan | null {
  switch (trace.kind) {
    case "journal":
    case "abandoned":
      return trace.journal.plan
    case "receipt":
      return trace.receipt.plan
    case "unseen":
      throw unreachable(trace.unseen.why)
    default:
      return null
  }
}

/** The error for a journal or receipt that this Quillon can't read. */
export function unreadable({ message, next }: Pick<Refusal, "message" | "next">): QuillonError {
  return new QuillonError({ code: "JOURNAL_UNREADABLE", message, next, kind: "environment" })
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
