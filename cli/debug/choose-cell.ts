import { QuillonError } from "../../src/errors.js"
import type { Address } from "../../src/pipeline/cell.js"
import type { Node } from "../../src/pipeline/graph.js"
import type { CellReport } from "../../src/pipeline/report.js"
import { addressOfReport } from "../board/aftermath.js"

/** What is known of a cell: whether it can be stood at, and how the last run found it. */
export interface ChosenCell {
  readonly address: Address
  readonly last?: CellReport
}

/**
 * The cell that a name means: of several cells of a stage the first that did not pass in the last run, else the last.
 * Pure.
 *
 * @throws QuillonError NO_CONTAINER where the stage has nothing to do in this project
 */
export function chooseCell(name: string, nodes: readonly Node[], report?: Found): ChosenCell {
  const cells = nodes.filter(({ stage, address }) => stage.name === name || address === name)
  const found = cells.map((node) => ({ node, last: cellOf(node.address, report) }))
  const wrong = found.find(({ last }) => last?.outcome === "failed" || last?.outcome === "errored")
  const chosen = wrong ?? found.at(-1)
  if (chosen === undefined) throw new RangeError(`the graph has no cell "${name}"`)
  const { node, last } = chosen
  if (node.notApplicable !== undefined) {
    throw new QuillonError({
      code: "NO_CONTAINER",
      message: `${node.address} has no container: ${node.notApplicable}`,
      next: "quillon inspect shows what the project is",
      kind: "usage",
    })
  }
  return { address: node.address, ...(last === undefined ? {} : { last }) }
}

/** The cells of a run. */
interface Found {
  readonly cells: readonly CellReport[]
}

function cellOf(address: Address, report: Found | undefined): CellReport | undefined {
  return report?.cells.find((cell) => addressOfReport(cell) === address)
}
