import { QuillonError } from "../errors.js"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { type Address, addressOf, type Cell } from "./cell.js"
import { giversOf, isTaken, type Pipeline } from "./pipeline.js"
import type { Stage } from "./stage.js"

/** Which part of a pipeline a person asked for. Names are those of stages, or addresses of cells. */
export interface Selection {
  /** These and what they need; everything when absent. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  /** Interpreters as `X.Y`; the project's own when absent. */
  readonly pythons?: readonly string[]
}

/** Stages that the selection asks for, with those that they need, in the pipeline's order. */
export function selectStages(
  pipeline: Pipeline,
  selection: Selection,
  { project, settings }: { readonly project: Project; readonly settings: Settings },
): readonly Stage[] {
  const names = pipeline.stages.map((stage) => stage.name)
  const only = stageNames(selection.only, names)
  const skip = stageNames(wholeStages(selection.skip), names)
  const waits = ({ onDemand }: Stage) => (typeof onDemand === "function" ? onDemand(project, settings) : onDemand)
  const usual = pipeline.stages.filter((stage) => !waits(stage)).map(({ name }) => name)
  const wanted = new Set(only ?? usual)
  for (const name of skip ?? []) wanted.delete(name)
  const chosen = withNeeds(pipeline, wanted, project)
  for (const name of skip ?? []) {
    if (!chosen.has(name)) continue
    const hungry = pipeline.stages.find(
      (s) => chosen.has(s.name) && s.name !== name && takesFrom({ pipeline, project }, s, name),
    )
    throw new QuillonError({
      code: "SKIP_LEAVES_NEED",
      message: `--skip ${name} leaves ${hungry?.name ?? "another stage"} without what ${name} gives`,
      next: `skip both: --skip ${name},${hungry?.name ?? "…"}`,
      kind: "usage",
    })
  }
  return pipeline.stages.filter((stage) => chosen.has(stage.name))
}

/** True where the selection asks for this cell of a selected stage. */
export function selectsCell(stage: Stage, cell: Cell, selection: Selection): boolean {
  const address = addressOf(stage.name, cell)
  if ((selection.skip ?? []).includes(address)) return false
  const mine = (selection.only ?? []).filter((name) => stageOf(name) === stage.name)
  return mine.length === 0 || mine.includes(stage.name) || mine.includes(address)
}

/** Interpreters that the run examines. @throws QuillonError `UNKNOWN_PYTHON` naming those of the project. */
export function selectPythons(project: Project, selection: Selection): readonly string[] {
  if (selection.pythons === undefined) return project.interpreters
  for (const python of selection.pythons) {
    if (project.interpreters.includes(python)) continue
    throw new QuillonError({
      code: "UNKNOWN_PYTHON",
      message: `Python ${python} is not one that ${project.name} supports: ${project.interpreters.join(", ")}`,
      next: `name one of these, or add it to [tool.quillon.python] versions`,
      kind: "usage",
    })
  }
  return project.interpreters.filter((python) => selection.pythons?.includes(python))
}

function stageOf(name: string): string {
  return name.split("@", 1)[0] ?? name
}

function wholeStages(names: readonly string[] | undefined): readonly string[] | undefined {
  return names?.filter((name) => !name.includes("@"))
}

function stageNames(wanted: readonly string[] | undefined, known: readonly string[]): readonly string[] | undefined {
  return wanted?.map((name) => {
    const stage = stageOf(name)
    if (known.includes(stage)) return stage
    throw unknownStage(name, known)
  })
}

/** The error for a stage or cell that is not there. */
export function unknownStage(name: string, known: readonly string[]): QuillonError {
  return new QuillonError({
    code: "UNKNOWN_STAGE",
    message: `there is no stage "${name}"`,
    next: `name one of: ${known.join(", ")}`,
    kind: "usage",
  })
}

function takesFrom({ pipeline, project }: Context, stage: Stage, giver: string): boolean {
  const givers = giversOf(pipeline.stages)
  return (stage.takes ?? []).some((need) => givers.get(need.kind)?.name === giver && isTaken(need, project))
}

interface Context {
  readonly pipeline: Pipeline
  readonly project: Project
}

function withNeeds(pipeline: Pipeline, wanted: ReadonlySet<string>, project: Project): ReadonlySet<Address> {
  const givers = giversOf(pipeline.stages)
  const all = new Set(wanted)
  for (const stage of [...pipeline.stages].reverse()) {
    if (!all.has(stage.name)) continue
    for (const need of stage.takes ?? []) {
      const giver = isTaken(need, project) ? givers.get(need.kind) : undefined
      if (giver !== undefined) all.add(giver.name)
    }
  }
  return all
}
