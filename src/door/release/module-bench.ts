import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Client, Directory, Secret } from "@dagger.io/dagger"
import { createWorld } from "../../create-world.js"
import { definePipeline } from "../../pipeline/pipeline.js"
import { runPipeline } from "../../pipeline/runner.js"
import { pythonStages } from "../../stages/python-stages.js"
import { JOBS } from "../run-module.js"
import { createReleaseBench, type ReleaseBench } from "./bench.js"

/** What a bench in the module is made of. */
export interface ModuleBenchParts {
  readonly dag: Client
  /** Path of the project in its repository. */
  readonly path: string
  /** A secret that the caller handed in. @throws QuillonError `MISSING_SECRET` */
  readonly secret: (name: string) => Secret
  readonly treeOf: (commit: string) => Promise<Directory>
}

/** Runs the pipeline on release commits as the module runs it on a workspace; what it built lies in this container. */
export function moduleBench({ dag, path, secret, treeOf }: ModuleBenchParts): ReleaseBench {
  return createReleaseBench({
    dag,
    env: {},
    path,
    secret,
    treeOf,
    async runOn({ settings, world, collector }) {
      const { facts, ...rest } = world
      const engine = { version: await dag.version(), host: "module" }
      const whole = collector.collect(createWorld({ ...rest, facts: { ...facts, engine } }))
      const report = await runPipeline(definePipeline(pythonStages), whole, { jobs: settings.jobs ?? JOBS })
      const artifacts = collector.artifacts(dag, report)
      const folder = await mkdtemp(join(tmpdir(), "quillon-release-"))
      await artifacts.export(join(folder, "artifacts"))
      return { report, folder, file: (kept) => artifacts.file(kept.replace(/^artifacts\//, "")) }
    },
  })
}
