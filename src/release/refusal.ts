/** Why no plan can be made: nothing was written, and `next` is what the person types or changes. */
export interface PlanRefusal {
  readonly kind: "refused"
  /** Stable, upper-case with underscores, e.g. `TAG_AHEAD_OF_SOURCE`. */
  readonly code: string
  readonly message: string
  readonly next: string
}

/** Makes a refusal of a plan. */
export function refusePlan(problem: Omit<PlanRefusal, "kind">): PlanRefusal {
  return { kind: "refused", ...problem }
}
