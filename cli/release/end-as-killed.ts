import { QuillonError } from "../../src/errors.js"
import type { ReleaseEvent } from "../../src/release/execute/event.js"
import type { ReleasePlan } from "../../src/release/plan/schema.js"

/** Steps after which nothing is left that could be resumed. */
const UNBREAKABLE = new Set(["preflight", "receipt"])

/**
 * Ends the process right after a step, as a kill would: nothing is laid down, nothing is taken back.
 *
 * @throws QuillonError NO_SUCH_STEP
 */
export function endAfter(step: string, { steps }: ReleasePlan, end: () => void): (event: ReleaseEvent) => void {
  const names = steps.map(({ id }) => id).filter((id) => !UNBREAKABLE.has(id))
  if (!names.includes(step)) {
    throw new QuillonError({
      code: "NO_SUCH_STEP",
      message: `the plan has no step "${step}" to end after`,
      next: `one of: ${names.join(", ")}`,
      kind: "usage",
    })
  }
  return (event) => {
    // The journal is written before the first step that is told of.
    if (step === "journal" && event.kind === "step-started") end()
    if (event.kind === "step-finished" && event.step.id === step) end()
  }
}
