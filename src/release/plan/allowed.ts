import type { ReleasePolicy } from "../policy-settings.js"

/** Whether settings let a cell fail: they name its stage, or the cell alone (`test@3.14`). */
export function isAllowed(stage: string, cell: string, { allowedFailures }: Pick<ReleasePolicy, "allowedFailures">) {
  return allowedFailures.includes(stage) || (cell !== "" && allowedFailures.includes(`${stage}@${cell}`))
}

/** What the plan says of failures that would not stop it. */
export function allowedRemarks({ allowedFailures }: Pick<ReleasePolicy, "allowedFailures">): readonly string[] {
  if (allowedFailures.length === 0) return []
  return [`a failure of ${allowedFailures.join(", ")} would not stop this release, and its notes would name it`]
}
