import { dag } from "@dagger.io/dagger"
import { createHostFiles } from "../../cli/host-files.js"
import { createHostSources } from "../../cli/host-sources.js"
import { createWorld } from "../../src/create-world.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import type { Report } from "../../src/pipeline/report.js"
import { runPipeline } from "../../src/pipeline/runner.js"
import type { Stage } from "../../src/pipeline/stage.js"
import type { RunStore, World } from "../../src/pipeline/world.js"
import { inspectProject } from "../../src/project/inspect.js"

/** What is run of a project. */
export interface Request {
  readonly stages: readonly Stage[]
  readonly pythons?: readonly string[]
  /** Settings by dotted key. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Stages that are asked for by name, with what they need; only their tools are given `args`. */
  readonly only?: readonly string[]
  readonly args?: readonly string[]
  /** Sees what each cell left. */
  readonly store?: RunStore
  /** Looks at the version's places and the tags. */
  readonly versions?: World["versions"]
  /** What a door knows of the commit. */
  readonly facts?: NonNullable<Parameters<typeof createWorld>[0]["facts"]>
}

/** Runs stages on a project of this machine, in the session that is open. */
export async function runStages(folder: string, request: Request): Promise<Report> {
  const { settings: wanted = {}, stages, pythons, only, args, store, versions, facts } = request
  const flags = { timeout: 300, ...wanted }
  const { project, settings } = await inspectProject(createHostFiles(folder), { flags })
  const sources = createHostSources(dag, { root: folder, path: "." })
  const ports = { ...(store === undefined ? {} : { store }), ...(versions === undefined ? {} : { versions }) }
  const known = facts === undefined ? {} : { facts }
  const world = createWorld({ dag, project, settings, sources, ...ports, ...known })
  return runPipeline(definePipeline(stages), world, {
    jobs: 4,
    ...(pythons === undefined ? {} : { pythons }),
    ...(only === undefined ? {} : { only }),
    ...(args === undefined ? {} : { args }),
  })
}

/** A cell of a report by its address. */
export function cellOf(report: Report, address: string): Report["cells"][number] {
  const cell = report.cells.find(({ stage, cell: key }) => (key === "" ? stage : `${stage}@${key}`) === address)
  if (cell === undefined) throw new Error(`there is no cell ${address}`)
  return cell
}
