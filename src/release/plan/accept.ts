import { type PlanRefusal, refusePlan } from "../refusal.js"
import { PLAN_SCHEMA, type Plan, planSchema } from "./schema.js"
import { differences, type PlanSettings } from "./settings.js"

/** What a plan must match to be carried out. */
export interface Present {
  readonly head: string
  readonly settings: PlanSettings
  readonly settingsDigest: string
}

/** Reads a plan file's text. A file of another schema version is refused before anything of it is believed. */
export function readPlan(text: string): { readonly kind: "plan"; readonly plan: Plan } | PlanRefusal {
  const json = parse(text)
  if (typeof json !== "object" || json === null) {
    return refusePlan({ code: "NO_PLAN", message: "the file is no JSON object, so it is no plan", next: NEXT })
  }
  const schema = "schema" in json ? json.schema : undefined
  if (schema !== PLAN_SCHEMA) {
    const newer = typeof schema === "number" && schema > PLAN_SCHEMA
    return refusePlan({
      code: "PLAN_SCHEMA",
      message: `the plan has schema version ${JSON.stringify(schema) ?? "none"}, this Quillon reads ${PLAN_SCHEMA}`,
      next: newer ? "use the Quillon that made the plan, or a newer one" : NEXT,
    })
  }
  const read = planSchema.safeParse(json)
  if (read.success) return { kind: "plan", plan: read.data }
  const [issue] = read.error.issues
  const where = issue?.path.join(".") || "the plan"
  return refusePlan({ code: "BAD_PLAN", message: `${where}: ${issue?.message ?? "can't be read"}`, next: NEXT })
}

/** Refuses a plan that was made for another commit or under other settings, and shows the difference. */
export function refusalOf(plan: Plan, present: Present): PlanRefusal | undefined {
  const settings = differences(plan.settings, present.settings)
  const lines = [
    ...(plan.head === present.head
      ? []
      : [`head: ${plan.head.slice(0, 12)} in the plan, ${present.head.slice(0, 12)} now`]),
    ...settings,
    ...(settings.length === 0 && plan.settingsDigest !== present.settingsDigest
      ? [`settings digest: ${plan.settingsDigest.slice(0, 12)} in the plan, ${present.settingsDigest.slice(0, 12)} now`]
      : []),
  ]
  if (lines.length > 0) {
    return refusePlan({ code: "PLAN_OUTDATED", message: `the plan does not match: ${lines.join("; ")}`, next: NEXT })
  }
  if (plan.kind === "release" && plan.hypothetical) {
    const message = "the plan answers what would have been released, so it can't be carried out"
    return refusePlan({ code: "PLAN_HYPOTHETICAL", message, next: NEXT })
  }
  return undefined
}

const NEXT = "quillon plan -o plan.json makes a new one"

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
