import type { ReleasePlan } from "./schema.js"

/** Whether the plan finishes a tag that is on the remote already: nothing is pushed, and the tag is never made again. */
export function isTagged({ why }: Pick<ReleasePlan, "why">): boolean {
  return why.by === "tag"
}
