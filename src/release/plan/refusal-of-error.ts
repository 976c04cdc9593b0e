import { QuillonError } from "../../errors.js"
import { type PlanRefusal, refusePlan } from "../refusal.js"

/** The planner is total: what the version check throws for bad input is an answer. @throws all other errors. */
export function refusalOfError(error: unknown): PlanRefusal {
  if (!(error instanceof QuillonError)) throw error
  const { code, message, next } = error
  return refusePlan({ code, message, next })
}
