import { QuillonError } from "../errors.js"
import type { Plan } from "../release/plan/schema.js"
import { planRelease } from "../release/plan-release.js"
import { gatherReleaseFacts, type PlanRequest, type ReleaseSubject } from "./release-facts.js"

/** Refusals that tell of what could not be looked at; all others are the project's or the person's to change. */
const UNSEEN = new Set(["SHALLOW_CLONE", "TAGS_MISSING", "VERSION_UNSEEN"])

/**
 * Plans the next release of a project: for all doors in this place.
 *
 * @param now milliseconds since 1970
 * @throws QuillonError where facts can't be gathered, and with the planner's words where it refuses
 */
export async function planFor(subject: ReleaseSubject, request: PlanRequest, now: number): Promise<Plan> {
  const facts = await gatherReleaseFacts(subject, request)
  const plan = await planRelease(facts, subject.settings.release, now)
  if (plan.kind !== "refused") return plan
  const { code, message, next } = plan
  throw new QuillonError({ code, message, next, kind: UNSEEN.has(code) ? "environment" : "usage" })
}
