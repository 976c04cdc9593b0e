import type { Prepared } from "../../targets/ports/git-remote.js"
import type { StoredJournal } from "../../targets/ports/journal-store.js"
import type { Trouble } from "../../targets/ports/target.js"
import { decodeJournal, encodeJournal } from "../journal/codec.js"
import type { Journal } from "../journal/schema.js"
import { openJournal } from "../journal/transitions.js"
import type { ReleasePlan } from "../plan/schema.js"
import { isTagged } from "../plan/tagged.js"
import { createKeeper, type Keeper } from "./keeper.js"
import { preflight } from "./preflight.js"
import { endOfFinished, readReceipt } from "./read-receipt.js"
import type { ReleaseEnd } from "./release-end.js"
import { createWaits } from "./waits.js"
import type { ReleaseTargets, ReleaseWorld } from "./world.js"

/** A release that is ours, or why it is not. */
export type Held =
  | { readonly kind: "ours"; readonly keeper: Keeper }
  | { readonly kind: "end"; readonly end: ReleaseEnd }

/** Begins to carry out a plan: asks all targets, makes commit and tag, and takes the release for us alone. */
export async function startRelease(plan: ReleasePlan, world: ReleaseWorld): Promise<Held> {
  const { targets, emit } = world
  emit({ kind: "release-started", plan, from: "plan" })
  const finished = isTagged(plan) ? await receiptOf(plan, targets) : undefined
  if (finished !== undefined) return endWith(finished)
  const troubles = await preflight(plan, world)
  for (const trouble of troubles) emit({ kind: "trouble", trouble })
  if (troubles.some(({ kind }) => kind !== "remark")) return endWith({ kind: "refused", troubles })
  const prepared = await commitOf(plan, targets)
  if (prepared.kind === "refused") {
    const { why: what, next } = prepared
    return refuse({ target: targets.git.name, what, next, kind: "wrong" }, world)
  }
  const { holder, clock, nonce } = world
  const writing = { now: clock.now(), nonce: nonce() }
  return take(openJournal({ plan, commit: prepared.release, holder }, writing), world)
}

async function commitOf(plan: ReleasePlan, { git }: ReleaseTargets): Promise<Prepared> {
  const { tag } = plan.version
  if (!isTagged(plan)) {
    const time = Math.floor(Date.parse(plan.created) / 1_000)
    return git.prepare({ base: plan.head, edits: plan.edits, message: plan.message, tag, time })
  }
  const found = await git.adopt(tag)
  if (found.kind === "refused" || found.release.commit === plan.head) return found
  const why = `${tag} is on ${found.release.commit.slice(0, 12)} there, and on ${plan.head.slice(0, 12)} here`
  return { kind: "refused", why, next: `git fetch origin tag ${tag} --force` }
}

/** A tag whose release was finished needs nothing. */
async function receiptOf({ version }: ReleasePlan, { git }: ReleaseTargets): Promise<ReleaseEnd | undefined> {
  const trace = await readReceipt(git, version.tag)
  if (trace.kind === "unseen") {
    const next = `make ${git.name} answer`
    return { kind: "refused", troubles: [{ target: git.name, what: trace.unseen.why, next, kind: "unseen" }] }
  }
  return trace.kind === "receipt" || trace.kind === "refused" ? endOfFinished(trace, version.semver) : undefined
}

/** Creates the journal. An answer that was lost is looked for: the nonce in it says whether it is ours. */
async function take(journal: Journal, world: ReleaseWorld): Promise<Held> {
  const { journals, git } = world.targets
  const version = journal.plan.version.semver
  const entry = { version, text: encodeJournal(journal), commit: journal.commit.commit }
  const ours = (stored: StoredJournal): Held => ({ kind: "ours", keeper: createKeeper({ stored, journal }, world) })
  const waits = createWaits(world)
  let trouble = ""
  do {
    const written = await journals.create(entry)
    if (written.kind === "done") return ours(written.journal)
    if (written.kind === "refused" && written.reason.kind !== "rate-limited" && written.reason.kind !== "unavailable") {
      const what = "detail" in written.reason ? written.reason.detail : written.reason.why
      const next = "next" in written.reason ? written.reason.next : "look at the git remote"
      return refuse({ target: git.name, what, next, kind: "wrong" }, world)
    }
    const found = await journals.read(version)
    if (found.kind === "found")
      return found.value.text === entry.text ? ours(found.value) : endWith(heldBy(found.value))
    trouble = found.kind === "absent" ? describe(written) : found.why
  } while (await waits.again({ what: "the journal", why: trouble }))
  const next = "quillon release, once the git remote answers"
  return refuse({ target: git.name, what: trouble, next, kind: "unseen" }, world)
}

/** Trouble that only came up after the preflight is told as its troubles are. */
function refuse(trouble: Trouble, { emit }: Pick<ReleaseWorld, "emit">): Held {
  emit({ kind: "trouble", trouble })
  return endWith({ kind: "refused", troubles: [trouble] })
}

function describe(written: { readonly kind: string; readonly why?: string }): string {
  return written.why ?? "somebody took the release and left it"
}

/** Somebody was faster. */
function heldBy({ text }: StoredJournal): ReleaseEnd {
  const read = decodeJournal(text)
  if (read.kind === "refused") return { kind: "nothing", why: read.message, next: read.next }
  const { holder, written, plan } = read.journal
  if (holder !== null) return { kind: "held", holder, written, fate: "unknown" }
  return { kind: "nothing", why: `${plan.version.semver} was begun and laid down`, next: "quillon release --resume" }
}

export function endWith(end: ReleaseEnd): Held {
  return { kind: "end", end }
}
