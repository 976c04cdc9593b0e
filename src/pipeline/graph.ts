import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import type { ArtifactKind, Need } from "./artifact.js"
import { type Address, addressOf, type Cell, SINGLE_CELL } from "./cell.js"
import { assumeDefaultPythons, type DefaultPythons } from "./default-pythons.js"
import { giversOf, isTaken, type Pipeline } from "./pipeline.js"
import { type Selection, selectPythons, selectStages, selectsCell, unknownStage } from "./selection.js"
import type { Stage } from "./stage.js"
import { stageSettings } from "./stage-settings.js"

/** A need of a cell, with the cells that give it. */
export interface Edge {
  readonly need: Need
  /** One address for `one`, all of the giving stage's for `every-cell`, none for an optional need nobody gives. */
  readonly from: readonly Address[]
}

/** One cell of the run. */
export interface Node {
  readonly address: Address
  readonly stage: Stage
  readonly cell: Cell
  readonly edges: readonly Edge[]
  /** Why the stage has nothing to do in this project. */
  readonly notApplicable?: string
}

/** The cells of a run; each stands behind the cells that it waits for. */
export interface Graph {
  readonly nodes: readonly Node[]
  readonly pythons: readonly string[]
  readonly defaults: DefaultPythons
}

/** Where a graph comes from. */
export interface GraphInput {
  readonly pipeline: Pipeline
  readonly project: Project
  readonly settings: Settings
  readonly selection: Selection
  /** By preference alone when absent: enough to know which cells there are. */
  readonly defaults?: DefaultPythons
}

/**
 * Decides which cells run and what each waits for. Pure: reads no file and builds no container.
 *
 * @throws QuillonError when the selection names a stage, a cell or a Python that is not there.
 */
export function planGraph({ pipeline, project, settings, selection, ...given }: GraphInput): Graph {
  const stages = selectStages(pipeline, selection, { project, settings })
  const pythons = selectPythons(project, selection)
  const defaults = given.defaults ?? assumeDefaultPythons({ project, settings, pythons })
  const givers = giversOf(stages)
  const cells = new Map<string, readonly Cell[]>()
  const cellsGiving = (kind: ArtifactKind) => cells.get(givers.get(kind)?.name ?? "") ?? []

  for (const stage of stages) {
    const all = stage.cells?.(project, { pythons, defaultPython: defaults.cells, cellsGiving }) ?? [SINGLE_CELL]
    refuseUnknownCells(selection, stage, all)
    cells.set(
      stage.name,
      all.filter((cell) => selectsCell(stage, cell, selection)),
    )
  }

  const edgesOf = (stage: Stage, cell: Cell): readonly Edge[] =>
    (stage.takes ?? []).map((need) => {
      const giver = isTaken(need, project) ? givers.get(need.kind) : undefined
      const giving = cellsGiving(need.kind)
      const chosen = need.from === "every-cell" ? giving : oneOf(giving, cell)
      return { need, from: giver === undefined ? [] : chosen.map((c) => addressOf(giver.name, c)) }
    })

  const nodes = stages.flatMap((stage) => {
    const notApplicable = switchedOff(stage, settings) ?? stage.skip?.(project, settings)
    return (cells.get(stage.name) ?? []).map((cell) => ({
      address: addressOf(stage.name, cell),
      stage,
      cell,
      edges: edgesOf(stage, cell),
      ...(notApplicable === undefined ? {} : { notApplicable }),
    }))
  })
  return { nodes: onlyNeeded(nodes, selection), pythons, defaults }
}

function switchedOff({ name }: Stage, settings: Settings): string | undefined {
  return stageSettings(settings, name).enabled ? undefined : `switched off by the setting ${name}.enabled`
}

/** The giving cell with the same key, else the only one, else the first: a pure wheel serves every interpreter. */
function oneOf(giving: readonly Cell[], cell: Cell): readonly Cell[] {
  const same = giving.find((c) => c.key === cell.key) ?? giving.find((c) => c.python === cell.python)
  const chosen = same ?? (giving.length === 1 ? giving[0] : undefined) ?? giving.at(-1)
  return chosen === undefined ? [] : [chosen]
}

/** Drops cells that were pulled in as givers of other cells than the selected ones: `--only test@3.11`. */
function onlyNeeded(nodes: readonly Node[], selection: Selection): readonly Node[] {
  if (selection.only === undefined) return nodes
  const asked = new Set(selection.only)
  const keep = new Set<Address>()
  for (const node of [...nodes].reverse()) {
    if (!keep.has(node.address) && !asked.has(node.stage.name) && !asked.has(node.address)) continue
    keep.add(node.address)
    for (const edge of node.edges) for (const from of edge.from) keep.add(from)
  }
  return nodes.filter((node) => keep.has(node.address))
}

function refuseUnknownCells({ only = [], skip = [] }: Selection, stage: Stage, cells: readonly Cell[]): void {
  const known = cells.map((cell) => addressOf(stage.name, cell))
  for (const name of [...only, ...skip]) {
    if (name.startsWith(`${stage.name}@`) && !known.includes(name)) throw unknownStage(name, known)
  }
}
