import type { Settings } from "../project/settings.js"
import type { Attempt } from "./attempt.js"
import type { Verdict } from "./gate.js"
import type { Node } from "./graph.js"
import type { Outcome } from "./outcome.js"

/** What a cell came to, with its gate's verdict when it could look. */
export interface Judgement {
  readonly outcome: Outcome
  readonly verdict?: Verdict
}

/** Turns an attempt into an outcome: gates are asked only of what could look. Pure. */
export function judge(node: Node, attempt: Attempt, settings: Settings): Judgement {
  const { reading, thrown } = attempt
  if (reading.kind === "errored") {
    if (thrown?.cause === "image-missing" && node.cell.python !== undefined) {
      return { outcome: { kind: "skipped", reason: reading.reason, skip: "no-image" } }
    }
    const { reason, next, detail } = reading
    return {
      outcome: {
        kind: "errored",
        reason,
        ...(next === undefined ? {} : { next }),
        ...(detail === undefined ? {} : { detail }),
      },
    }
  }
  const verdict = node.stage.gate?.judge(reading, settings)
  if (verdict === undefined || verdict.passed) {
    return { outcome: { kind: "passed" }, ...(verdict === undefined ? {} : { verdict }) }
  }
  return { outcome: { kind: "failed", findings: reading.findings, why: verdict.message }, verdict }
}
