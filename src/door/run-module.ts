import type { Client, Container, Directory } from "@dagger.io/dagger"
import { createWorld } from "../create-world.js"
import { QuillonError } from "../errors.js"
import { definePipeline } from "../pipeline/pipeline.js"
import type { CellReport, Report } from "../pipeline/report.js"
import { runPipeline } from "../pipeline/runner.js"
import type { Selection } from "../pipeline/selection.js"
import type { Sources } from "../pipeline/sources.js"
import type { Stage } from "../pipeline/stage.js"
import type { ProjectFiles } from "../project/files.js"
import { inspectProject } from "../project/inspect.js"
import { pythonStages } from "../stages/python-stages.js"
import { gatherVersionFacts } from "../stages/version-facts.js"
import { type Collector, createCollector } from "./collector.js"
import type { RepositoryFacts } from "./git-facts.js"
import { loadBaseline } from "./load-baseline.js"

/** What the module knows of its caller. */
export interface Caller {
  readonly dag: Client
  readonly files: ProjectFiles
  readonly sources: Sources
  readonly repository: () => Promise<RepositoryFacts>
  /** Stages of the caller's own, behind ours. */
  readonly stages: readonly Stage[]
}

/** A run that has ended, and what it left. */
export interface ModuleRun {
  readonly report: Report
  readonly folder: Directory
  readonly artifacts: Directory
  readonly collector: Collector
}

/** Cells at once: much of a cell is waiting, and the engine bounds what really runs. */
const JOBS = 4

/** Runs the pipeline, or a part of it, on the caller's project. @throws QuillonError what `inspectProject` throws */
export async function runModule(
  caller: Caller,
  selection: Selection & { args?: readonly string[] },
): Promise<ModuleRun> {
  const { dag, files, sources, repository } = caller
  const [{ project, settings }, { commit, tags }, version] = await Promise.all([
    inspectProject(files),
    repository(),
    dag.version(),
  ])
  const baseline = await loadBaseline(files, settings)
  const collector = createCollector()
  const world = createWorld({
    dag,
    project,
    settings,
    sources,
    facts: { commit, engine: { version, host: "module" } },
    readSource: (file) => files.read(file),
    ...(baseline === undefined ? {} : { baseline }),
    versions: () => gatherVersionFacts(files, { project, settings, tags }),
  })
  const pipeline = definePipeline([...pythonStages, ...caller.stages])
  const report = await runPipeline(pipeline, collector.collect(world), { ...selection, jobs: settings.jobs ?? JOBS })
  return {
    report,
    folder: collector.report(dag, report),
    artifacts: collector.artifacts(dag, report),
    collector,
  }
}

/** The container of a stage as it was before the command that failed, or before its first one. */
export function containerOf({ report, collector }: ModuleRun, address: string): Container {
  const cell = report.cells.find((known) => addressOfReport(known) === address)
  const container = collector.container(address)
  if (container !== undefined) return container
  throw new QuillonError({
    code: "NO_CONTAINER",
    message:
      cell === undefined
        ? `there is no cell "${address}"`
        : `${address} ran no command: ${cell.reason ?? cell.outcome}`,
    next: `name one of: ${report.cells.map(addressOfReport).join(", ")}`,
    kind: "usage",
  })
}

function addressOfReport({ stage, cell }: CellReport): string {
  return cell === "" ? stage : `${stage}@${cell}`
}
