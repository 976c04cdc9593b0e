import { encodeReceipt } from "../journal/receipt.js"
import { layDown } from "../journal/transitions.js"
import type { ActStop, StepEnd } from "./act-end.js"
import { actsOf, OWN_STEPS, type ReleaseRecord } from "./acts.js"
import { makeReady } from "./build.js"
import { createHands, type Hands, noteAct } from "./hands.js"
import type { Keeper } from "./keeper.js"
import { isSettled, lookAhead, type Seen } from "./look-ahead.js"
import { endOfSight } from "./perform.js"
import { hasWrittenForGood } from "./permanence.js"
import type { ReleaseEnd } from "./release-end.js"
import { type Because, becauseOf, whereItStands } from "./where-it-stands.js"
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

  const place = await whereItStands(keeper.journal(), world)
  if (place.kind === "stop") return stopped("push", place.stop, hasWrittenForGood(keeper.journal()))
  if (place.kind === "against") return takenBack(place.because)
  let permanent = place.kind === "permanent"

  const ready = await makeReady({ keeper, world, permanent, sights: place.sights })
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
