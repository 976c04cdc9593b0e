import type { JournalWritten, StoredJournal } from "../../targets/ports/journal-store.js"
import type { Refused } from "../../targets/ports/written.js"
import { encodeJournal } from "../journal/codec.js"
import type { ActReceipt, Journal } from "../journal/schema.js"
import { recordReceipt, type Writing } from "../journal/transitions.js"
import type { ActStop } from "./act-end.js"
import { createWaits, type Waits } from "./waits.js"
import type { ReleaseWorld } from "./world.js"

/** Holds a release: the only one that writes its journal. Each writing proves that the release is still ours. */
export interface Keeper {
  journal(): Journal
  /** Notes a receipt, which is written with the next change: until then a look at the target tells the same. */
  note(receipt: Omit<ActReceipt, "when">): void
  /** Writes a change over the journal that we know, and no other. */
  save(change: (journal: Journal, writing: Writing) => Journal): Promise<ActStop | undefined>
  /** Takes the journal away. */
  remove(): Promise<ActStop | undefined>
  /** Moves it to where the journals of abandoned releases are. */
  close(): Promise<ActStop | undefined>
}

const UNHELD: ActStop = { kind: "unheld", why: "somebody else took the release over" }

/** Keeps a journal that was just written or read. */
export function createKeeper(first: { stored: StoredJournal; journal: Journal }, world: ReleaseWorld): Keeper {
  const { targets, clock, nonce } = world
  const { journals } = targets
  let { stored, journal } = first
  const version = journal.plan.version.semver

  /** Writes until it is known whether it was written: an answer that was lost is looked for, never guessed. */
  async function settle(write: () => Promise<JournalWritten>, isDone: (found: Seen) => boolean) {
    const waits = createWaits(world)
    let doubtful = false
    for (;;) {
      const written = await write()
      if (written.kind === "done") return written.journal
      if (written.kind === "refused") {
        const stop = await refused(written, waits)
        if (stop !== undefined) return stop
        continue
      }
      if (written.kind === "beaten" && !doubtful) return UNHELD
      doubtful = true
      const found = await journals.read(version)
      if (found.kind === "hidden" || found.kind === "unreachable") {
        if (!(await waits.again({ what: "the journal", why: found.why }))) return silent(found.why)
      } else {
        const seen = found.kind === "found" ? found.value : undefined
        if (isDone(seen)) return seen ?? stored
        if (seen?.id !== stored.id) return UNHELD
        const why = written.kind === "lost" ? written.why : "the answer was lost"
        if (!(await waits.again({ what: "the journal", why }))) return silent(why)
      }
    }
  }

  /** Ends with no journal of a release on its way. */
  async function part(write: (old: StoredJournal) => Promise<JournalWritten>): Promise<ActStop | undefined> {
    const end = await settle(
      () => write(stored),
      (seen) => seen === undefined,
    )
    return "kind" in end ? end : undefined
  }

  return {
    journal: () => journal,
    note(receipt) {
      journal = recordReceipt(journal, receipt, clock.now())
    },
    async save(change) {
      const next = change(journal, { now: clock.now(), nonce: nonce() })
      const entry = { version, text: encodeJournal(next), commit: stored.commit }
      const end = await settle(
        () => journals.swap(entry, stored),
        (seen) => seen?.text === entry.text,
      )
      if ("kind" in end) return end
      stored = end
      journal = next
      return undefined
    },
    remove: () => part((old) => journals.remove(version, old)),
    close: () => part((old) => journals.close(version, old)),
  }
}

type Seen = StoredJournal | undefined

function silent(why: string): ActStop {
  return { kind: "waiting", until: `the git remote answers (${why})` }
}

/** Waits where it may be tried again; says why not otherwise. */
async function refused({ reason }: Refused, waits: Waits): Promise<ActStop | undefined> {
  switch (reason.kind) {
    case "rate-limited":
    case "unavailable":
      return (await waits.again({ what: "the journal", ...reason })) ? undefined : silent(reason.why)
    case "denied":
    case "invalid":
      return { kind: "failed", why: reason.why, next: reason.next, blame: "surroundings" }
    default:
      return { kind: "failed", why: reason.detail, next: "look at the git remote", blame: "surroundings" }
  }
}
