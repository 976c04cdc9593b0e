import type { Client, Container, Directory, Secret } from "@dagger.io/dagger"
import { createWorld } from "../create-world.js"
import { QuillonError } from "../errors.js"
import { addressOf } from "../pipeline/cell.js"
import { definePipeline, type Pipeline } from "../pipeline/pipeline.js"
import type { Report } from "../pipeline/report.js"
import { runPipeline } from "../pipeline/runner.js"
import type { Selection } from "../pipeline/selection.js"
import type { Sources } from "../pipeline/sources.js"
import type { Stage } from "../pipeline/stage.js"
import type { RunOptions } from "../pipeline/world.js"
import type { ProjectFiles } from "../project/files.js"
import { inspectProject } from "../project/inspect.js"
import { pythonStages } from "../stages/python-stages.js"
import { gatherVersionFacts } from "../stages/version-facts.js"
import { type Collector, createCollector } from "./collector.js"
import type { RepositoryFacts } from "./git-facts.js"
import { loadBaseline } from "./load-baseline.js"
import { createStepWitness, type StepWitness } from "./step-witness.js"

/** What the module knows of its caller. */
export interface Caller {
  readonly dag: Client
  readonly files: ProjectFiles
  readonly sources: Sources
  /** Path of the project relative to the root of its repository. */
  readonly path: string
  readonly repository: () => Promise<RepositoryFacts>
  /** Whether the work tree has changes; null where nobody knows. */
  readonly dirty: () => Promise<boolean | null>
  /** Stages of the caller's own, behind ours. */
  readonly stages: () => Promise<readonly Stage[]>
  /** A secret that the caller handed in. @throws QuillonError `MISSING_SECRET` */
  readonly secret: (name: string) => Secret
}

/** A run that has ended, and what it left. */
export interface ModuleRun {
  readonly report: Report
  /** As a run's folder of the command line, less the page. */
  readonly folder: Directory
  readonly artifacts: Directory
  readonly collector: Collector
  readonly witness: StepWitness
}

/** What a caller of the module may ask of a run. */
export type ModuleSelection = Selection &
  Pick<RunOptions, "args" | "fresh"> & {
    /** Runs in place of the stages of a Python project and of the caller's own. */
    readonly pipeline?: Pipeline
  }

/** What was typed of a selection: an empty list says nothing. */
export function selectionOf(typed: Required<Pick<ModuleSelection, "only" | "skip" | "fresh">>): ModuleSelection {
  return Object.fromEntries(Object.entries(typed).filter(([, names]) => names.length > 0))
}

/** Cells at once: much of a cell is waiting, and the engine bounds what really runs. */
export const JOBS = 4

/** Runs the pipeline, or a part of it, on the caller's project. @throws QuillonError what `inspectProject` throws */
export async function runModule(caller: Caller, asked: ModuleSelection): Promise<ModuleRun> {
  const { dag, files, sources, repository, secret } = caller
  const [{ project, settings }, { commit, tags }, dirty, version, stages] = await Promise.all([
    inspectProject(files, { path: caller.path }),
    repository(),
    caller.dirty(),
    dag.version(),
    caller.stages(),
  ])
  const { pipeline = definePipeline([...pythonStages, ...stages]), ...selection } = asked
  const baseline = await loadBaseline(files, settings)
  const collector = createCollector()
  const witness = createStepWitness()
  const world = createWorld({
    dag,
    project,
    settings,
    sources,
    secret,
    facts: { commit, dirty, engine: { version, host: "module" } },
    readSource: (file) => files.read(file),
    ...(baseline === undefined ? {} : { baseline }),
    versions: () => gatherVersionFacts(files, { project, settings, tags }),
  })
  const watched = collector.collect(witness.watch(world))
  const report = await runPipeline(pipeline, watched, { ...selection, jobs: settings.jobs ?? JOBS })
  const artifacts = collector.artifacts(dag, report)
  const folder = (await collector.report(dag, report)).withDirectory("artifacts", artifacts)
  return { report, folder, artifacts, collector, witness }
}

/**
 * The container of a cell as it was before one of its commands: the named one, else the first that failed, else the
 * first.
 *
 * @throws QuillonError NO_CONTAINER naming the cells or commands that there are
 */
export function containerOf({ report, collector, witness }: ModuleRun, address: string, command?: string): Container {
  const commands = witness.commands(address)
  if (command !== undefined && commands.length > 0 && !commands.includes(command)) {
    throw noContainer(`${address} has no command "${command}"`, commands)
  }
  const container = collector.container(address, command ?? witness.failing(address))
  if (container !== undefined) return container
  const cell = report.cells.find((known) => addressOf(known.stage, { key: known.cell }) === address)
  if (cell !== undefined) {
    throw new QuillonError({
      code: "NO_CONTAINER",
      message: `${address} ran no command: ${cell.reason ?? cell.outcome}`,
      next: cell.next ?? "dagger call inspect shows what the project is",
      kind: "usage",
    })
  }
  const known = report.cells.map(({ stage, cell: key }) => addressOf(stage, { key }))
  throw noContainer(`there is no cell "${address}"`, known)
}

function noContainer(message: string, known: readonly string[]): QuillonError {
  return new QuillonError({ code: "NO_CONTAINER", message, next: `name one of: ${known.join(", ")}`, kind: "usage" })
}
