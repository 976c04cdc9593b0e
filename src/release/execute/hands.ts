import type { NoteWish } from "../../targets/ports/git-remote.js"
import { beginAct } from "../journal/transitions.js"
import type { Step } from "../plan/schema.js"
import { type Act, actOn } from "./act.js"
import type { ActEnd, ActStop, StepEnd } from "./act-end.js"
import type { Keeper } from "./keeper.js"
import { isSettled, type Seen } from "./look-ahead.js"
import { endOfSight, perform } from "./perform.js"
import type { ReleaseWorld } from "./world.js"

/** Carries steps out under one journal, and tells of them. */
export interface Hands {
  /** Performs acts one after the other; what was seen to be there is not looked at again. */
  carryOut(step: Step, acts: readonly Act[], seen: readonly Seen[]): Promise<StepEnd>
}

/** Hands that write only while the keeper's release is ours. */
export function createHands(keeper: Keeper, world: ReleaseWorld): Hands {
  const { emit, signal } = world

  async function one(step: Step, act: Act, seen: Seen | undefined): Promise<ActEnd> {
    const { receipts, begun } = keeper.journal()
    const before = receipts.find((receipt) => receipt.act === act.id)
    const sight = seen?.sight
    // A trial leaves nothing to look at: what it proved once is proved.
    const isOver = act.replaceable || act.nature === "trial" || (sight !== undefined && isSettled(sight))
    if (before !== undefined && isOver) {
      return { kind: before.outcome, receipt: before }
    }
    if (before !== undefined && sight?.kind === "absent" && step.effect === "permanent") {
      return { kind: "waiting", until: `${act.where} shows ${act.what} again, which was there at ${before.when}` }
    }
    if (sight !== undefined && sight.kind !== "absent" && isSettled(sight)) return endOfSight(sight, act)
    if (signal.aborted) return { kind: "waiting", until: "it is resumed, because it was interrupted" }
    return perform(act, {
      world,
      begunAt: begun?.act === act.id ? Date.parse(begun.when) : undefined,
      begin: () => keeper.save((journal, writing) => beginAct(journal, act.id, writing)),
    })
  }

  return {
    async carryOut(step, acts, seen) {
      emit({ kind: "step-started", step })
      let wrote = false
      for (const act of acts) {
        const end = await one(
          step,
          act,
          seen.find((each) => each.act.id === act.id),
        )
        const kept = "receipt" in end ? end : tolerated(step, act, end)
        if (!("receipt" in kept)) {
          emit({ kind: "step-finished", step, end: kept.kind })
          return kept
        }
        wrote ||= kept.kind === "done"
        if (!keeper.journal().receipts.some((receipt) => receipt.act === act.id)) keeper.note(kept.receipt)
        emit({ kind: "act-finished", step, receipt: kept.receipt })
      }
      const kind = wrote ? "done" : "already-done"
      emit({ kind: "step-finished", step, end: kind })
      return { kind }
    },
  }
}

/** A trial upload has names and burnt versions of its own, so what is in its way there is a warning. */
function tolerated({ id }: Step, { id: act, what, where }: Act, stop: ActStop): ActEnd {
  if (id !== "test-index" || (stop.kind !== "conflict" && stop.kind !== "burnt")) return stop
  return { kind: "passed-over", receipt: { act, outcome: "passed-over", what, where, why: stop.detail } }
}

/** The act of leaving the receipt. */
export function noteAct(wish: NoteWish, { git }: ReleaseWorld["targets"]): Act {
  return actOn(git.notes, wish, { id: "receipt", what: `note on ${wish.tag.name}`, where: git.name })
}
