import type { Step } from "../plan/schema.js"
import type { Act, ActSight } from "./act.js"
import { actsOf, type ReleaseRecord } from "./acts.js"
import type { ReleaseTargets } from "./world.js"

/** An act of a step, and what a look showed of it. */
export interface Seen {
  readonly step: Step
  readonly act: Act
  readonly sight: ActSight
}

/** Looks of this moment, by act: what was just looked at is not looked at twice. */
export type Sights = ReadonlyMap<string, ActSight>

/** Looks at everything that a release writes, at all targets at once. Nothing is waited for and nothing written. */
export async function lookAhead(
  record: ReleaseRecord,
  targets: ReleaseTargets,
  sights: Sights = new Map(),
): Promise<readonly Seen[]> {
  const acts = record.plan.steps.flatMap((step) => actsOf(step, record, targets).map((act) => ({ step, act })))
  return Promise.all(
    acts.map(async ({ step, act }) => ({ step, act, sight: sights.get(act.id) ?? (await act.probe()) })),
  )
}

/** Whether a look leaves nothing to do. */
export function isSettled({ kind }: ActSight): boolean {
  return kind === "identical" || kind === "passed-over"
}
