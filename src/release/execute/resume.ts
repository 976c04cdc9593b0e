import type { StoredJournal } from "../../targets/ports/journal-store.js"
import { decodeJournal } from "../journal/codec.js"
import { takeOver } from "../journal/transitions.js"
import { createKeeper } from "./keeper.js"
import { endOfFinished, readReceipt } from "./read-receipt.js"
import { endWith, type Held } from "./start.js"
import type { ReleaseWorld } from "./world.js"

/** Which release is resumed. */
export interface ResumeOrder {
  /** As SemVer. */
  readonly version: string
  readonly tag: string
  /** `over`: also from a holder of whom nobody knows whether he lives. */
  readonly take: "free" | "over"
  /** Its journal, where it was just read: what became of it since shows when it is taken. */
  readonly found?: StoredJournal
}

/**
 * Takes a release that was begun: nothing is planned or computed again. One whose holder may live is left alone unless
 * a person says that it is to be taken over; even then the old holder stops at his next write.
 */
export async function resumeRelease(order: ResumeOrder, world: ReleaseWorld): Promise<Held> {
  const { version, tag } = order
  if (order.found !== undefined) return takeIt(order, order.found, world)
  const found = await world.targets.journals.read(version)
  if (found.kind === "absent") return withoutJournal({ version, tag }, world)
  return found.kind === "found" ? takeIt(order, found.value, world) : silent(found.why, world)
}

async function takeIt({ take }: ResumeOrder, stored: StoredJournal, world: ReleaseWorld): Promise<Held> {
  const read = decodeJournal(stored.text)
  if (read.kind === "refused") return endWith({ kind: "nothing", why: read.message, next: read.next })
  const { holder, written, plan } = read.journal
  if (holder !== null) {
    const fate = await world.fateOf(holder)
    if (fate === "alive" || (fate === "unknown" && take === "free")) {
      return endWith({ kind: "held", holder, written, fate })
    }
  }
  world.emit({ kind: "release-started", plan, from: "journal" })
  const keeper = createKeeper({ stored, journal: read.journal }, world)
  const stop = await keeper.save((journal, writing) => takeOver(journal, world.holder, writing))
  if (stop === undefined) return { kind: "ours", keeper }
  return endWith({ kind: "stopped", step: "journal", stop, permanent: false })
}

/** A tag with a receipt is a finished release; one without is a baseline that nobody here released. */
async function withoutJournal({ version, tag }: { version: string; tag: string }, world: ReleaseWorld): Promise<Held> {
  const trace = await readReceipt(world.targets.git, tag)
  switch (trace.kind) {
    case "unseen":
      return silent(trace.unseen.why, world)
    case "nothing":
      return endWith({ kind: "nothing", why: `nobody began to release ${version}`, next: "quillon release" })
    case "baseline": {
      const why = `${tag} is there and was not released by Quillon`
      return endWith({ kind: "nothing", why, next: `quillon release --tag ${tag} finishes it` })
    }
    default:
      return endWith(endOfFinished(trace, version))
  }
}

function silent(why: string, { targets }: ReleaseWorld): Held {
  const { name } = targets.git
  const next = `make ${name} answer, then quillon release --resume`
  return endWith({ kind: "refused", troubles: [{ target: name, what: why, next, kind: "unseen" }] })
}
