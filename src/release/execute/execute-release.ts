import type { ReleasePlan } from "../plan/schema.js"
import { closeJournal } from "./abandon.js"
import { carryOn } from "./carry-on.js"
import type { ReleaseEnd } from "./release-end.js"
import { type ResumeOrder, resumeRelease } from "./resume.js"
import { startRelease } from "./start.js"
import type { ReleaseWorld } from "./world.js"

/** What is to be carried out. */
export type ReleaseOrder =
  | { readonly kind: "start"; readonly plan: ReleasePlan }
  | ({ readonly kind: "resume" } & ResumeOrder)

/**
 * Carries out a plan, or what a journal says of one that was begun. It may die at any point: whoever resumes it, on
 * any machine, finishes it, writes nothing twice and overwrites nothing.
 */
export async function executeRelease(order: ReleaseOrder, world: ReleaseWorld): Promise<ReleaseEnd> {
  const held = order.kind === "start" ? await startRelease(order.plan, world) : await resumeRelease(order, world)
  if (held.kind === "end") return held.end
  // It was given up, and whoever did so died before he had closed it.
  return held.keeper.journal().abandoned === undefined ? carryOn(held.keeper, world) : closeJournal(held.keeper)
}
