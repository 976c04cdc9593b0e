import { freshFindings } from "../findings/fresh-findings.js"
import type { Settings } from "../project/settings.js"
import { pythonImage } from "../toolchain/images.js"
import type { Attempt } from "./attempt.js"
import type { Verdict } from "./gate.js"
import type { Node } from "./graph.js"
import type { Outcome } from "./outcome.js"

/** What a cell came to, with its gate's verdict when it could look. */
export interface Judgement {
  readonly outcome: Outcome
  readonly verdict?: Verdict & {
    /** What the gate demanded. */
    readonly demands: string
  }
}

/** Turns an attempt into an outcome: gates are asked only of what could look, and of what is new. Pure. */
export function judge(node: Node, attempt: Attempt, settings: Settings): Judgement {
  const { reading, thrown } = attempt
  if (reading.kind === "not-applicable") {
    return { outcome: { kind: "skipped", reason: reading.reason, skip: "not-applicable" } }
  }
  if (reading.kind === "errored") {
    // Only the interpreter's own image, and only in a matrix, whose other cells look: a test cell whose database can't
    // be had was not looked at, nor was a stage that has no other cell.
    if (thrown?.cause === "image-missing" && thrown.image === interpreterImage(node, settings)) {
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
  const fresh = freshFindings(reading)
  const known = reading.findings.length - fresh.length
  const { gate } = node.stage
  if (gate === undefined) return { outcome: { kind: "passed" } }
  const demands = typeof gate.demands === "string" ? gate.demands : gate.demands(settings)
  const verdict = { demands, ...withKnown(gate.judge({ ...reading, findings: fresh }, settings), known) }
  if (verdict.passed) return { outcome: { kind: "passed" }, verdict }
  return { outcome: { kind: "failed", findings: fresh, why: verdict.message }, verdict }
}

function withKnown(verdict: Verdict, known: number): Verdict {
  if (known === 0) return verdict
  return { ...verdict, message: `${verdict.message}, ${known} in the baseline` }
}

function interpreterImage({ cell }: Node, settings: Settings): string | undefined {
  return cell.key === "" || cell.python === undefined ? undefined : pythonImage(settings, cell.python)
}
