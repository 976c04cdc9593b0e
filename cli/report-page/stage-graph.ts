import type { CellReport, Report } from "../../src/pipeline/report.js"
import { groupBy } from "../group-by.js"

/** A stage in the picture of the pipeline: all its cells together. */
export interface StageNode {
  readonly stage: string
  readonly cells: readonly CellReport[]
  readonly outcome: CellReport["outcome"]
  /** Seconds of its longest cell. */
  readonly seconds: number
  readonly cached: number
  /** Column, from the left: one more than that of the last stage it waits for. */
  readonly column: number
  readonly row: number
}

/** Stages, and which waits for which. */
export interface StageGraph {
  readonly nodes: readonly StageNode[]
  /** Without those that follow from others. */
  readonly edges: readonly { readonly from: string; readonly to: string }[]
}

const WORST = ["failed", "errored", "passed", "skipped"] as const

/** The graph of a run by stages, laid out in columns. Stages that do not apply are left out. Pure. */
export function stageGraphOf(report: Report): StageGraph {
  const cells = report.cells.filter(({ skip }) => skip !== "not-applicable" && skip !== "deselected")
  const stages = groupBy(cells, ({ stage }) => stage)
  const names = new Set(stages.flatMap(([first]) => first?.stage ?? []))
  const before = new Map(
    stages.map((own) => {
      const waits = own.flatMap(({ after }) => after ?? []).map((address) => address.split("@")[0] ?? "")
      return [own[0]?.stage ?? "", [...new Set(waits)].filter((name) => names.has(name))]
    }),
  )
  const columns = new Map<string, number>()
  const columnOf = (stage: string): number => {
    const known = columns.get(stage)
    if (known !== undefined) return known
    // A report that was written by hand may go in a circle; it must not hang the page.
    columns.set(stage, 0)
    const column = Math.max(-1, ...(before.get(stage) ?? []).map(columnOf)) + 1
    columns.set(stage, column)
    return column
  }
  const taken = new Map<number, number>()
  const nodes = stages.map((own): StageNode => {
    const stage = own[0]?.stage ?? ""
    const column = columnOf(stage)
    const row = taken.get(column) ?? 0
    taken.set(column, row + 1)
    return {
      stage,
      cells: own,
      outcome: WORST.find((word) => own.some(({ outcome }) => outcome === word)) ?? "skipped",
      seconds: Math.max(0, ...own.map(({ seconds }) => seconds)),
      cached: own.filter(({ cached }) => cached === true).length,
      column,
      row,
    }
  })
  return { nodes, edges: [...before].flatMap(([to, froms]) => direct(froms, before).map((from) => ({ from, to }))) }
}

/** Of what a stage waits for, what none of the others waits for. */
function direct(froms: readonly string[], before: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return froms.filter((from) => !froms.some((other) => other !== from && reaches(other, from, before)))
}

function reaches(stage: string, target: string, before: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>()
  const open = [stage]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of before.get(at) ?? []) {
      if (next === target) return true
      if (!seen.has(next)) open.push(next)
      seen.add(next)
    }
  }
  return false
}
