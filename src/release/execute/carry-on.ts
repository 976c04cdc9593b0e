import { encodeReceipt } from "../journal/receipt.js"
import type { Journal } from "../journal/schema.js"
import { layDown } from "../journal/transitions.js"
import type { ReleasePlan } from "../plan/schema.js"
import { isTagged } from "../plan/tagged.js"
import type { ActEnd, ActStop, StepEnd } from "./act-end.js"
import { actsOf, OWN_STEPS, pushAct, pushedBranch, type ReleaseRecord } from "./acts.js"
import { makeReady } from "./build.js"
import { createHands, type Hands, noteAct } from "./hands.js"
import type { Keeper } from "./keeper.js"
import { isSettled, lookAhead, type Seen } from "./look-ahead.js"
import { endOfSight } from "./perform.js"
import { hasWrittenForGood } from "./permanence.js"
import { headMoved } from "./preflight.js"
import type { ReleaseEnd } from "./release-end.js"
import { withdraw } from "./withdraw.js"
import type { ReleaseWorld } from "./world.js"

/** Carries on with a release that we hold, from wherever it stands, to its end or to the first thing in its way. */
export async function carryOn(keeper: Keeper, world: ReleaseWorld): Promise<ReleaseEnd> {
  const { plan } = keeper.journal()
  const hands = createHands(keeper, world)
  const stopped = async (step: string, stop: ActStop, permanent: boolean): Promise<ReleaseEnd> => {
    if (stop.kind !== "unheld") await keeper.save(layDown)
    return { kind: "stopped", step, stop, permanent }
  }
  const takenBack = async (why: Because): Promise<ReleaseEnd> => {
    world.emit({ kind: "withdrawing", why: why.why })
    const stop = await withdraw(keeper, world)
    return stop === undefined ? { kind: "withdrawn", ...why } : stopped("push", stop, false)
  }

  const place = await whereItStands(keeper, world)
  if (place.kind === "stop") return stopped("push", place.stop, hasWrittenForGood(keeper.journal()))
  if (place.kind === "against") return takenBack(place.because)
  let permanent = place.kind === "permanent"

  const ready = await makeReady({ keeper, world, permanent })
  if (ready.kind === "stop") return stopped("build", ready.stop, permanent)
  if (ready.kind === "gate") return takenBack({ why: ready.why, next: ready.next, cause: "gate" })
  const { record } = ready
  let seen = ready.seen

  for (const step of plan.steps.filter(({ id }) => !OWN_STEPS.has(id))) {
    if (step.effect === "permanent" && !permanent) {
      seen = await lookAhead(record, world.targets)
      const against = standsAgainst(seen)
      if (against !== undefined && "because" in against) return takenBack(against.because)
      if (against !== undefined) return stopped(step.id, against.stop, false)
      // The push is one write, and it is made or not; of others a part may be there.
      permanent = step.id !== "push"
    }
    const end = await hands.carryOut(step, actsOf(step, record, world.targets), seen)
    if (!isDone(end)) {
      const because = permanent ? undefined : becauseOf(end)
      return because === undefined ? stopped(step.id, end, permanent) : takenBack(because)
    }
    if (step.effect === "permanent") permanent = true
  }
  const { receipts } = keeper.journal()
  const stop = await finish(record, hands, { keeper, world })
  if (stop !== undefined) return stopped("receipt", stop, true)
  return { kind: "released", version: plan.version.semver, receipts }
}

/** Why what was written is taken back. */
type Because = Omit<Extract<ReleaseEnd, { kind: "withdrawn" }>, "kind">

type Place =
  | { readonly kind: "permanent" | "reversible" }
  | { readonly kind: "against"; readonly because: Because }
  | { readonly kind: "stop"; readonly stop: ActStop }

/** Whether something permanent happened; where nothing did, whether it still may. */
async function whereItStands(keeper: Keeper, { targets, clock }: ReleaseWorld): Promise<Place> {
  const journal = keeper.journal()
  const push = pushAct(journal, targets.git)
  // A push that a dead holder began may still arrive: nothing is taken back under it.
  const begun = journal.begun?.act === push.id ? Date.parse(journal.begun.when) : Number.NEGATIVE_INFINITY
  const doubt = begun + push.settleSeconds * 1_000 - clock.now()
  if (doubt > 0) await clock.sleep(doubt)
  const sight = await push.probe()
  const { plan } = journal
  if (isTagged(plan)) return whereTaggedStands(journal, sight.kind === "absent" ? gone(plan) : endOfSight(sight, push))
  if (sight.kind === "identical") return { kind: "permanent" }
  if (sight.kind !== "absent") return against(endOfSight(sight, push))
  const branch = pushedBranch(journal)
  if (branch === null) return { kind: "reversible" }
  const tip = await targets.git.tip(branch)
  if (tip.kind === "found" && tip.value === journal.plan.head) return { kind: "reversible" }
  if (tip.kind === "hidden" || tip.kind === "unreachable") return against(endOfSight(tip, push))
  const detail =
    tip.kind === "found" ? headMoved(journal.plan, { branch, tip: tip.value }) : `${branch} is not there any more`
  return against({ kind: "moved", detail })
}

/** The tag was there before the release, so that its being there says nothing of what this release wrote. */
function whereTaggedStands(journal: Journal, end: ActEnd): Place {
  if (!hasWrittenForGood(journal)) return against(end)
  return "receipt" in end ? { kind: "permanent" } : { kind: "stop", stop: end }
}

function gone({ version }: ReleasePlan): ActStop {
  return { kind: "conflict", detail: `the tag ${version.tag} is not on the remote any more` }
}

function against(end: ActEnd): Place {
  if ("receipt" in end) return { kind: "reversible" }
  const because = becauseOf(end)
  return because === undefined ? { kind: "stop", stop: end } : { kind: "against", because }
}

/** What of a later step stands against the push: nothing permanent may happen before that is known. */
function standsAgainst(seen: readonly Seen[]): { readonly because: Because } | { readonly stop: ActStop } | undefined {
  for (const { step, act, sight } of seen) {
    if (step.effect !== "permanent" || sight.kind === "absent" || isSettled(sight)) continue
    const end = endOfSight(sight, act)
    if ("receipt" in end) continue
    const because = becauseOf(end)
    return because === undefined ? { stop: end } : { because }
  }
  return undefined
}

/** Whether a stop before the push means that this release can't be, and is taken back. */
function becauseOf(stop: ActStop): Because | undefined {
  switch (stop.kind) {
    case "moved":
      return { why: stop.detail, next: "quillon plan, and release what is there now", cause: "moved" }
    case "conflict":
      return {
        why: stop.detail,
        next: "quillon status tells what stands where; release another version",
        cause: "conflict",
      }
    case "burnt":
      return { why: stop.detail, next: "quillon version bump, and release the next version", cause: "burnt" }
    default:
      return undefined
  }
}

/** The receipt replaces the journal. */
async function finish(record: ReleaseRecord, hands: Hands, parts: { keeper: Keeper; world: ReleaseWorld }) {
  const { keeper, world } = parts
  const wish = { tag: record.commit.tag, text: encodeReceipt(keeper.journal(), record.built) }
  for (const step of record.plan.steps.filter(({ id }) => id === "receipt")) {
    const end = await hands.carryOut(step, [noteAct(wish, world.targets)], [])
    if (!isDone(end)) return end
  }
  return keeper.remove()
}

function isDone(end: StepEnd): end is Exclude<StepEnd, ActStop> {
  return end.kind === "done" || end.kind === "already-done"
}
