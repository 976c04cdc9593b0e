import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { basename, join } from "node:path"
import type { Client, Directory } from "@dagger.io/dagger"
import { createWorld } from "../../src/create-world.js"
import { createCollector } from "../../src/door/collector.js"
import { createDirectorySources } from "../../src/door/directory-sources.js"
import { loadBaseline } from "../../src/door/load-baseline.js"
import type { ShippedBytes } from "../../src/door/release/compose.js"
import { exportImage } from "../../src/door/release/export-image.js"
import { type Bench, checksumsOf, shippedBy } from "../../src/door/workshop.js"
import { QuillonError } from "../../src/errors.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import type { Report } from "../../src/pipeline/report.js"
import { createDirectoryFiles } from "../../src/project/directory-files.js"
import { inspectProject } from "../../src/project/inspect.js"
import type { BuildOrder } from "../../src/release/execute/workshop.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import { gatherVersionFacts } from "../../src/stages/version-facts.js"
import { layoutSource } from "../../src/targets/registry/image-source.js"
import type { Engine } from "../engine.js"
import type { Io } from "../io.js"
import { keepRun } from "../kept-run.js"
import type { KnownProject } from "../known-project.js"
import type { ProcessControl } from "../program.js"
import { jobsHere } from "../run-plan.js"
import type { RunLook } from "../run-request.js"
import { hostPorts } from "../world.js"

/** What a bench is made of. */
export interface BenchParts {
  readonly io: Io
  readonly control: ProcessControl
  readonly look: RunLook
  readonly engine: Engine
  readonly known: KnownProject
  readonly signal: AbortSignal
  /** The files of a commit of the git remote. */
  readonly treeOf: (commit: string) => Promise<Directory>
}

/** A bench that gives the bytes of what it built. */
export interface ReleaseBench extends Bench {
  readonly shipped: ShippedBytes
}

/** Runs the pipeline on release commits as `quillon ci` does on a working tree, and keeps what it built on this disk. */
export function createReleaseBench(parts: BenchParts): ReleaseBench {
  const { engine, signal, io, control, look, known } = parts
  const { dag } = engine
  const files = new Map<string, string>()
  const texts = new Map<string, Uint8Array>()
  let layout: string | undefined

  async function bytes(sha256: string): Promise<Uint8Array> {
    const text = texts.get(sha256)
    if (text !== undefined) return text
    const path = files.get(sha256)
    if (path === undefined) throw new TypeError(`nobody built sha256:${sha256}`)
    const read = await readFile(path)
    if (createHash("sha256").update(read).digest("hex") !== sha256) throw changed(path)
    return read
  }

  return {
    async run(order) {
      const subject = await subjectOf(parts, order)
      const { project, settings } = subject
      const collector = createCollector()
      const { report, folder } = await keepRun({
        io,
        control,
        look,
        folder: known.folder,
        root: known.git?.root,
        keep: settings.runs.keep,
        engine,
        signal,
        pipeline: definePipeline(pythonStages),
        plan: { jobs: jobsHere(settings) },
        world: (ports, id) => {
          const { facts, ...rest } = subject.world
          const { version, host } = engine
          const world = createWorld({ ...rest, ...ports, facts: { ...facts, id, engine: { version, host } } })
          return { ...collector.collect(world), ...ports }
        },
      })
      await keepBytes(report, folder)
      const wantsImage = order.plan.steps.some(({ id }) => id === "image")
      const image = report.cells.find(({ stage, outcome }) => stage === "image" && outcome === "passed")
      const built = wantsImage && image !== undefined ? await exportImage(collector, image, folder) : undefined
      layout = built?.folder ?? layout
      return { report, imports: project.packages.map(({ name }) => name), image: built?.digest ?? null }
    },
    shipped: {
      bytes,
      file: (sha256) => hostFile(dag, files.get(sha256), sha256),
      image: layoutSource((path) => {
        if (layout === undefined) throw new TypeError("nobody built an image")
        return readFile(join(layout, path))
      }),
    },
  }

  async function keepBytes(report: Report, folder: string): Promise<void> {
    for (const { path, sha256 } of report.cells.flatMap(({ artifacts }) => artifacts))
      files.set(sha256, join(folder, path))
    const shipped = await shippedBy(report)
    const sums = shipped.at(-1)
    if (sums !== undefined) texts.set(sums.sha256, new TextEncoder().encode(checksumsOf(shipped)))
  }
}

/** What of a world the release commit alone decides. */
async function subjectOf({ io, engine, known, treeOf }: BenchParts, { plan, release }: BuildOrder) {
  const { dag } = engine
  const { path } = known.project
  const tree = await treeOf(release.commit)
  const folder = path === "." ? tree : tree.directory(path)
  const files = createDirectoryFiles(folder)
  const [{ project, settings }, paths] = await Promise.all([
    inspectProject(files, { env: io.env, path, folder: basename(known.folder) }),
    files.list(),
  ])
  const baseline = await loadBaseline(files, settings)
  const { commit } = release
  const tags = { kind: "seen", head: commit, tags: [{ name: plan.version.tag, commit }] } as const
  const world = {
    ...hostPorts(engine, io.env),
    dag,
    project,
    settings,
    sources: createDirectorySources(dag, { folder, paths, path: "." }),
    epoch: release.time,
    facts: { commit, dirty: false, committed: new Date(release.time * 1_000).toISOString() },
    readSource: (file: string) => files.read(file),
    versions: () => gatherVersionFacts(createDirectoryFiles(folder, { marks: "kept" }), { project, settings, tags }),
    ...(baseline === undefined ? {} : { baseline }),
  }
  return { project, settings, world }
}

function hostFile(dag: Client, path: string | undefined, sha256: string) {
  if (path === undefined) throw new TypeError(`nobody built sha256:${sha256}`)
  return dag.host().file(path)
}

function changed(path: string): QuillonError {
  return new QuillonError({
    code: "ARTIFACT_CHANGED",
    message: `${path} is not any more what was built`,
    next: "quillon release --resume builds it again",
    kind: "environment",
  })
}
