import type { ReleaseStatus } from "../../src/release/execute/status.js"
import type { ReleasePlan, Step } from "../../src/release/plan/schema.js"
import { neutraliseLine } from "../neutralise.js"
import { pad, type Style, widthOf } from "../style.js"

/** What a step of the plan left at its target. */
export interface Effect {
  readonly step: Step
  /** `as-planned`: every write was looked for at the target and is there. `none`: the step writes nothing. */
  readonly kind: "as-planned" | "different" | "none"
  /** What was seen. */
  readonly seen: readonly string[]
}

/** Compares what the targets show with the plan, step by step. Pure. */
export function effectsOf({ steps }: Pick<ReleasePlan, "steps">, status: ReleaseStatus): readonly Effect[] {
  const rows = status.kind === "known" ? status.rows : []
  return steps.flatMap((step): readonly Effect[] => {
    const mine = rows.filter((row) => row.step.id === step.id)
    if (mine.length > 0) {
      const wrong = mine.filter(({ sight }) => sight.kind !== "identical" && sight.kind !== "passed-over")
      const shown = (wrong.length > 0 ? wrong : mine).map(({ act, sight }) =>
        sight.kind === "identical" ? act.what : `${act.what} is ${sight.kind}`,
      )
      return [{ step, kind: wrong.length > 0 ? "different" : "as-planned", seen: shown }]
    }
    if (step.id === "receipt") {
      const there = status.kind === "known" && status.from === "receipt"
      return [
        { step, kind: there ? "as-planned" : "different", seen: [there ? "a receipt, and no journal" : "no receipt"] },
      ]
    }
    return step.writes.length === 0 || OWN.has(step.id) ? [] : [{ step, kind: "none", seen: ["nothing to look at"] }]
  })
}

/** Steps whose writes are gone once the release is finished. */
const OWN = new Set(["journal", "build"])

/** One line for each step that writes. Pure. */
export function effectLines(effects: readonly Effect[], style: Style): readonly string[] {
  const width = Math.max(0, ...effects.map(({ step }) => widthOf(step.target)))
  const paint = { "as-planned": style.good, different: style.bad, none: style.quiet }
  return effects.map(({ step, kind, seen }) => {
    const word = paint[kind](pad(kind === "none" ? "-" : kind.replace("-", " "), 10))
    return `  ${word}  ${pad(neutraliseLine(step.target), width)}  ${neutraliseLine(seen.join(", "))}`
  })
}
