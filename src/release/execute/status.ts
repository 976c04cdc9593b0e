import type { Unseen } from "../../targets/ports/sight.js"
import type { Refusal } from "../journal/refusal.js"
import type { Built, Holder, Journal } from "../journal/schema.js"
import { isSettled, lookAhead, type Seen } from "./look-ahead.js"
import { type ReleaseTrace, readTrace } from "./read-trace.js"
import type { ReleaseTargets } from "./world.js"

/** Which version is asked about. */
export interface StatusQuestion {
  /** As SemVer. */
  readonly version: string
  readonly tag: string
}

/** How a version stands at every target. */
export type ReleaseStatus =
  | {
      readonly kind: "known"
      /** `receipt`: it was finished once. `journal`: it is on its way. */
      readonly from: "journal" | "receipt"
      readonly holder: Holder | null
      /** When the journal was last written; null where there is none any more. */
      readonly written: string | null
      readonly rows: readonly Seen[]
      readonly verdict: Verdict
    }
  /** On its way, and its gates have not all passed yet: there is nothing to look for. */
  | { readonly kind: "unbuilt"; readonly holder: Holder | null; readonly written: string }
  /** It was given up; rows show what was published of it, which stays. */
  | { readonly kind: "abandoned"; readonly why: string; readonly when: string; readonly rows: readonly Seen[] }
  /** The tag is there and Quillon did not release it: a baseline, and no unfinished release. */
  | { readonly kind: "baseline"; readonly commit: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "unseen"; readonly unseen: Unseen }
  | Refusal

/** `complete`: identical everywhere. `unseen`: nothing is wrong as far as could be looked. */
export type Verdict = "complete" | "unfinished" | "different" | "unseen"

/**
 * Looks at every target of a version that its journal names, or its receipt; writes nothing. A tag alone says nothing:
 * only the looks do.
 */
export async function releaseStatus({ version, tag }: StatusQuestion, targets: ReleaseTargets): Promise<ReleaseStatus> {
  return statusOf(await readTrace(targets, { version, tag }), targets)
}

/** Looks at every target that a trace names. */
export async function statusOf(trace: ReleaseTrace, targets: ReleaseTargets): Promise<ReleaseStatus> {
  switch (trace.kind) {
    case "journal": {
      const { holder, written, built } = trace.journal
      if (built === null) return { kind: "unbuilt", holder, written }
      return known({ record: { ...trace.journal, built }, from: "journal", holder, written }, targets)
    }
    case "abandoned":
      return abandoned(trace.journal, targets)
    case "receipt":
      return known({ record: trace.receipt, from: "receipt", holder: null, written: null }, targets)
    case "nothing":
      return { kind: "unknown" }
    default:
      return trace
  }
}

interface Known extends Pick<Extract<ReleaseStatus, { kind: "known" }>, "from" | "holder" | "written"> {
  readonly record: Pick<Journal, "release" | "plan" | "commit" | "receipts"> & { readonly built: Built }
}

async function abandoned(journal: Journal, targets: ReleaseTargets): Promise<ReleaseStatus> {
  const { abandoned: end, built, written } = journal
  const { why, when } = end ?? { why: "nobody said why", when: written }
  return { kind: "abandoned", why, when, rows: built === null ? [] : await rowsOf({ ...journal, built }, targets) }
}

async function known({ record, ...about }: Known, targets: ReleaseTargets): Promise<ReleaseStatus> {
  const rows = await rowsOf(record, targets)
  return { kind: "known", ...about, rows, verdict: verdictOf(rows) }
}

async function rowsOf(record: Known["record"], targets: ReleaseTargets): Promise<readonly Seen[]> {
  const seen = await lookAhead(record, targets)
  const made = new Set(record.receipts.map(({ act }) => act))
  // A trial leaves nothing to look at, and what a later release replaced was there once.
  return seen.filter(({ act }) => act.nature === "write" && !(act.replaceable && made.has(act.id)))
}

function verdictOf(rows: readonly Seen[]): Verdict {
  const counted = rows.filter(({ step }) => step.id !== "test-index")
  if (counted.some(({ sight }) => sight.kind === "different")) return "different"
  if (counted.some(({ sight }) => sight.kind === "absent")) return "unfinished"
  return counted.every(({ sight }) => isSettled(sight)) ? "complete" : "unseen"
}
