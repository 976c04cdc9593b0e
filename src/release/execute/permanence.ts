import type { Journal } from "../journal/schema.js"

/**
 * Whether a write may have been made that stays, as the journal tells: the one that was begun last counts as made. The
 * push is looked for at the remote instead, because a tag may have been there before the release.
 */
export function hasWrittenForGood({ plan, begun, receipts }: Pick<Journal, "plan" | "begun" | "receipts">): boolean {
  const permanent = new Set(
    plan.steps.flatMap(({ id, effect }) => (effect === "permanent" && id !== "push" ? [id] : [])),
  )
  const made = receipts.filter(({ outcome }) => outcome === "done").map(({ act }) => act)
  return [...made, ...(begun === null ? [] : [begun.act])].some((act) => permanent.has(act.split(":")[0] ?? ""))
}
