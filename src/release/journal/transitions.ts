import type { ReleasePlan } from "../plan/schema.js"
import { type ActReceipt, type Built, type Holder, JOURNAL_SCHEMA, type Journal } from "./schema.js"

/** Who writes the journal, and when. */
export interface Writing {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Never given twice. */
  readonly nonce: string
}

/** What a release begins with. */
export interface Opening {
  readonly plan: ReleasePlan
  readonly commit: Journal["commit"]
  readonly holder: Holder
}

/** A journal before anything was built. */
export function openJournal({ plan, commit, holder }: Opening, writing: Writing): Journal {
  return {
    schema: JOURNAL_SCHEMA,
    release: writing.nonce,
    started: instant(writing.now),
    ...stamp(writing),
    holder,
    plan,
    commit,
    built: null,
    begun: null,
    receipts: [],
  }
}

/** What the release commit was built into: from here on these bytes ship, and no others. */
export function recordBuilt(journal: Journal, built: Built, writing: Writing): Journal {
  return { ...journal, ...stamp(writing), built }
}

/**
 * Drops what was built, because its bytes are gone and nothing permanent happened: it is built anew. Receipts go with
 * it, because what they tell of was taken back.
 */
export function forgetBuilt(journal: Journal, writing: Writing): Journal {
  return { ...journal, ...stamp(writing), built: null, begun: null, receipts: [] }
}

/** An act is about to write. What it left is not known until its receipt is there. */
export function beginAct(journal: Journal, act: string, writing: Writing): Journal {
  return { ...journal, ...stamp(writing), begun: { act, when: instant(writing.now) } }
}

/** An act is over. */
export function recordReceipt(journal: Journal, receipt: Omit<ActReceipt, "when">, now: number): Journal {
  const others = journal.receipts.filter(({ act }) => act !== receipt.act)
  const begun = journal.begun?.act === receipt.act ? null : journal.begun
  return { ...journal, begun, receipts: [...others, { ...receipt, when: instant(now) }] }
}

/** Somebody else carries the release on. */
export function takeOver(journal: Journal, holder: Holder, writing: Writing): Journal {
  return { ...journal, ...stamp(writing), holder }
}

/** The holder stops in good order: whoever comes next may take it. */
export function layDown(journal: Journal, writing: Writing): Journal {
  return { ...journal, ...stamp(writing), holder: null }
}

/** A person gives the release up. What was written stays written. */
export function closeAbandoned(
  journal: Journal,
  { why, left }: { readonly why: string; readonly left: readonly string[] },
  writing: Writing,
): Journal {
  const abandoned = { why, when: instant(writing.now), left: [...left] }
  return { ...journal, ...stamp(writing), holder: null, abandoned }
}

function stamp({ now, nonce }: Writing): Pick<Journal, "written" | "nonce"> {
  return { written: instant(now), nonce }
}

function instant(now: number): string {
  return new Date(now).toISOString()
}
