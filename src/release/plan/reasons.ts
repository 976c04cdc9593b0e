import type { Unreleased } from "../unreleased.js"
import type { ReleasePlan } from "./schema.js"

/** The changes that ask for a release, as the plan shows them. */
export function reasonsOf({ releasable }: Unreleased): ReleasePlan["why"]["commits"] {
  return releasable.map(({ change, level }) => ({
    hash: change.hash,
    type: change.type,
    scope: change.scope,
    subject: change.subject,
    level,
    breaking: change.breaking.length > 0,
  }))
}
