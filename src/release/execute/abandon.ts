import { closeAbandoned } from "../journal/transitions.js"
import type { Keeper } from "./keeper.js"
import type { ReleaseEnd } from "./release-end.js"
import { type ResumeOrder, resumeRelease } from "./resume.js"
import { whereItStands } from "./where-it-stands.js"
import { withdraw, withdrawDraft } from "./withdraw.js"
import type { ReleaseWorld } from "./world.js"

/** Which release is given up, and why. */
export interface AbandonOrder extends ResumeOrder {
  /** One line, for whoever meets the version later. */
  readonly why: string
}

/**
 * Closes a release that can't go on. What is published stays as it is, and its journal says that it was abandoned and
 * why, so that the next plan takes the next version; where nothing permanent happened, it is taken back instead.
 * Held to the same rules as resuming: the release of a holder who may live is left alone.
 */
export async function abandonRelease({ why, ...order }: AbandonOrder, world: ReleaseWorld): Promise<ReleaseEnd> {
  const held = await resumeRelease(order, world)
  if (held.kind === "end") return held.end
  const { keeper } = held
  if (keeper.journal().abandoned !== undefined) return closeJournal(keeper)
  const place = await whereItStands(keeper.journal(), world)
  if (place.kind === "stop" && place.stop.kind !== "conflict") {
    return { kind: "stopped", step: "push", stop: place.stop, permanent: false }
  }
  if (place.kind === "reversible" || place.kind === "against") {
    const stop = await withdraw(keeper, world)
    if (stop !== undefined) return { kind: "stopped", step: "push", stop, permanent: false }
    return { kind: "withdrawn", why, next: "quillon plan tells what would be released now", cause: "abandoned" }
  }
  // A page that was published stays, and so does a draft whose forge does not let it go: that is told.
  const draft = await withdrawDraft(keeper, world)
  const left = draft === undefined || draft.kind === "conflict" ? [] : [`the draft of ${order.tag} stays on its forge`]
  const stop = await keeper.save((journal, writing) => closeAbandoned(journal, { why, left }, writing))
  return stop === undefined ? closeJournal(keeper) : { kind: "stopped", step: "journal", stop, permanent: true }
}

/** Moves the journal of an abandoned release to where nobody resumes it. */
export async function closeJournal(keeper: Keeper): Promise<ReleaseEnd> {
  const { abandoned, plan, receipts } = keeper.journal()
  const stop = await keeper.close()
  if (stop !== undefined) return { kind: "stopped", step: "journal", stop, permanent: true }
  const { why, left } = abandoned ?? { why: "", left: [] }
  return { kind: "abandoned", version: plan.version.semver, why, left, receipts }
}
