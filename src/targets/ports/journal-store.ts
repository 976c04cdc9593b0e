import type { Found } from "./sight.js"
import type { Refused } from "./written.js"

/** A journal as the remote has it. */
export interface StoredJournal {
  /** Id of the journal's object; what a compare-and-swap compares. */
  readonly id: string
  readonly text: string
  /** The parent of the journal's object: the finished release commit, which came with it. */
  readonly commit: string
  /** Full name of the ref, e.g. `refs/quillon/release/1.3.0`. */
  readonly ref: string
}

/** A journal of a release on its way, with the version that it is of. */
export interface ListedJournal extends StoredJournal {
  readonly version: string
}

/** How a change of the journal ended. */
export type JournalWritten =
  | { readonly kind: "done"; readonly journal: StoredJournal }
  /** The ref is not (any more) what the caller believed; nothing was written. */
  | { readonly kind: "beaten" }
  /** It may have happened: read the journal and compare. */
  | { readonly kind: "lost"; readonly why: string; readonly retryAfter?: number }
  | Refused

/** What is kept of a release on its way. */
export interface JournalEntry {
  /** As SemVer: the last part of the ref's name. */
  readonly version: string
  /** Holds a nonce, so that no two writers ever make the same object. */
  readonly text: string
  readonly commit: string
}

/**
 * Journals of releases: one ref of the git remote each, `refs/quillon/release/<version>`; where the host refuses that
 * namespace, the branch `quillon/release/<version>`, pushed with `ci.skip`. Those of abandoned releases stay for good, as
 * `refs/quillon/abandoned/<version>` or the branch `quillon/abandoned/<version>`.
 *
 * `create` writes only where neither ref is, reads both back, and takes its own away again where the other is there
 * too: two writers of whom the host admits one to the namespace may both be beaten, never both succeed.
 */
export interface JournalStore {
  read(version: string): Promise<Found<StoredJournal>>
  /** All journals of releases that are not finished. */
  list(): Promise<Found<readonly ListedJournal[]>>
  create(entry: JournalEntry): Promise<JournalWritten>
  /** Replaces the journal whose id is that of `old`, and no other. */
  swap(entry: JournalEntry, old: StoredJournal): Promise<JournalWritten>
  /** Takes the journal away whose id is `old`. `done` gives the journal that was there. */
  remove(version: string, old: StoredJournal): Promise<JournalWritten>
  /** Moves the journal whose id is `old` to the abandoned ones, in one push. `done` gives it under its new ref. */
  close(version: string, old: StoredJournal): Promise<JournalWritten>
  /** Reads the journal of a release that was abandoned. */
  abandoned(version: string): Promise<Found<StoredJournal>>
}
