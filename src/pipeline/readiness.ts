import type { Address } from "./cell.js"
import type { Node } from "./graph.js"
import type { Outcome, SkipKind } from "./outcome.js"

/** How the cells that ended did end. */
export type Ended = ReadonlyMap<Address, { readonly outcome: Outcome; readonly looked: boolean }>

/** Whether a cell may start, must wait, or never will. */
export type Readiness =
  | { readonly kind: "wait" }
  | { readonly kind: "start" }
  | { readonly kind: "skip"; readonly reason: string; readonly skip: SkipKind }

/** Pure. A missing input is named: `skipped (build failed)`. */
export function readinessOf(node: Node, ended: Ended): Readiness {
  if (node.notApplicable !== undefined) {
    return { kind: "skip", reason: node.notApplicable, skip: "not-applicable" }
  }
  for (const { need, from } of node.edges) {
    for (const address of from) {
      const giver = ended.get(address)
      if (giver === undefined) return { kind: "wait" }
      const { outcome } = giver
      const served = need.when === "looked" ? giver.looked : outcome.kind === "passed"
      if (served) continue
      if (outcome.kind !== "skipped") return { kind: "skip", reason: `${address} ${outcome.kind}`, skip: "input" }
      if (outcome.skip === "not-applicable" && need.optional) continue
      // A fan-in goes on without the cells of an interpreter that can't be had: they stand in the summary.
      if (outcome.skip === "no-image" && need.from === "every-cell") continue
      return { kind: "skip", reason: outcome.reason, skip: outcome.skip }
    }
  }
  return { kind: "start" }
}
