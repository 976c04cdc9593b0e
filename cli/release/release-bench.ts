import { basename, join } from "node:path"
import type { Directory } from "@dagger.io/dagger"
import { createWorld } from "../../src/create-world.js"
import { createReleaseBench, type ReleaseBench } from "../../src/door/release/bench.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import type { Engine } from "../engine.js"
import type { Io } from "../io.js"
import { keepRun } from "../kept-run.js"
import type { KnownProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import { jobsHere } from "../run-plan.js"
import type { RunLook } from "../run-request.js"
import { hostPorts } from "../world.js"

/** What a bench on this machine is made of. */
export interface HostBenchParts {
  readonly io: Io
  readonly control: ProcessControl
  readonly look: RunLook
  readonly engine: Engine
  readonly known: KnownProject
  readonly signal: AbortSignal
  /** The files of a commit of the git remote. */
  readonly treeOf: (commit: string) => Promise<Directory>
}

/** Runs the pipeline on release commits as `quillon ci` does on a working tree: shown, and kept below the project. */
export function hostBench({ treeOf, ...shown }: HostBenchParts): ReleaseBench {
  const { io, engine, known } = shown
  const { dag, version, host } = engine
  return createReleaseBench({
    ...hostPorts(engine, io.env),
    dag,
    env: io.env,
    path: known.project.path,
    name: basename(known.folder),
    treeOf,
    async runOn({ settings, world, collector }) {
      const { report, folder } = await keepRun({
        ...shown,
        folder: known.folder,
        root: known.git?.root,
        tree: "elsewhere",
        keep: settings.runs.keep,
        pipeline: definePipeline(pythonStages),
        plan: { jobs: jobsHere(settings) },
        world: (ports, id) => {
          const { facts, ...rest } = world
          const whole = createWorld({ ...rest, ...ports, facts: { ...facts, id, engine: { version, host } } })
          return { ...collector.collect(whole), ...ports }
        },
      })
      return { report, folder, file: (path) => dag.host().file(join(folder, path)) }
    },
  })
}
