import type { Journal } from "../journal/schema.js"
import type { ReleasePlan } from "../plan/schema.js"
import { isTagged } from "../plan/tagged.js"
import type { ActEnd, ActStop } from "./act-end.js"
import { pushAct, pushedBranch } from "./acts.js"
import type { Sights } from "./look-ahead.js"
import { endOfSight } from "./perform.js"
import { hasWrittenForGood } from "./permanence.js"
import { headMoved } from "./preflight.js"
import type { ReleaseEnd } from "./release-end.js"
import type { ReleaseWorld } from "./world.js"

/** Why what was written is taken back. */
export type Because = Omit<Extract<ReleaseEnd, { kind: "withdrawn" }>, "kind">

/** Where a release stands, with what was looked at; `against`: nothing permanent happened, and nothing may any more. */
export type Place =
  | { readonly kind: "permanent" | "reversible"; readonly sights: Sights }
  | { readonly kind: "against"; readonly because: Because }
  | { readonly kind: "stop"; readonly stop: ActStop }

/** Whether something permanent happened; where nothing did, whether it still may. */
export async function whereItStands(journal: Journal, { targets, clock }: ReleaseWorld): Promise<Place> {
  const push = pushAct(journal, targets.git)
  // A push that a dead holder began may still arrive: nothing is taken back under it.
  const begun = journal.begun?.act === push.id ? Date.parse(journal.begun.when) : Number.NEGATIVE_INFINITY
  const doubt = begun + push.settleSeconds * 1_000 - clock.now()
  if (doubt > 0) await clock.sleep(doubt)
  const sight = await push.probe()
  const sights: Sights = new Map([[push.id, sight]])
  const { plan } = journal
  if (isTagged(plan)) {
    const end = sight.kind === "absent" ? gone(plan) : endOfSight(sight, push)
    return whereTaggedStands({ journal, sights }, end)
  }
  if (sight.kind === "identical") return { kind: "permanent", sights }
  if (sight.kind !== "absent") return against(endOfSight(sight, push), sights)
  const branch = pushedBranch(journal)
  if (branch === null) return { kind: "reversible", sights }
  const tip = await targets.git.tip(branch)
  if (tip.kind === "found" && tip.value === plan.head) return { kind: "reversible", sights }
  if (tip.kind === "hidden" || tip.kind === "unreachable") return against(endOfSight(tip, push), sights)
  const detail = tip.kind === "found" ? headMoved(plan, { branch, tip: tip.value }) : `${branch} is not there any more`
  return against({ kind: "moved", detail }, sights)
}

interface Looked {
  readonly journal: Journal
  readonly sights: Sights
}

/** The tag was there before the release, so that its being there says nothing of what this release wrote. */
function whereTaggedStands({ journal, sights }: Looked, end: ActEnd): Place {
  if (!hasWrittenForGood(journal)) return against(end, sights)
  return "receipt" in end ? { kind: "permanent", sights } : { kind: "stop", stop: end }
}

function gone({ version }: ReleasePlan): ActStop {
  return { kind: "conflict", detail: `the tag ${version.tag} is not on the remote any more` }
}

function against(end: ActEnd, sights: Sights): Place {
  if ("receipt" in end) return { kind: "reversible", sights }
  const because = becauseOf(end)
  return because === undefined ? { kind: "stop", stop: end } : { kind: "against", because }
}

/** Whether a stop before anything permanent means that this release can't be, and is taken back. */
export function becauseOf(stop: ActStop): Because | undefined {
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
