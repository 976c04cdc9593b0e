import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Client, Directory, File } from "@dagger.io/dagger"
import type { WorldParts } from "../../create-world.js"
import { QuillonError } from "../../errors.js"
import type { Report } from "../../pipeline/report.js"
import { createDirectoryFiles } from "../../project/directory-files.js"
import { inspectProject } from "../../project/inspect.js"
import type { Settings } from "../../project/settings.js"
import type { BuildOrder } from "../../release/execute/workshop.js"
import { gatherVersionFacts } from "../../stages/version-facts.js"
import { layoutSource } from "../../targets/registry/image-source.js"
import { type Collector, createCollector } from "../collector.js"
import { createDirectorySources } from "../directory-sources.js"
import { loadBaseline } from "../load-baseline.js"
import { type Bench, checksumsOf, shippedBy } from "../workshop.js"
import type { ShippedBytes } from "./compose.js"
import { exportImage } from "./export-image.js"

/** The release commit as something to be run. */
export interface CommitSubject {
  readonly settings: Settings
  /** What of a world the release commit alone decides. */
  readonly world: WorldParts
  /** Is to collect the run. */
  readonly collector: Collector
}

/** A run that has ended, and what it left on this disk, as a run's folder has it. */
export interface CommitRunLeft {
  readonly report: Report
  readonly folder: string
  /** A file of that folder for containers. */
  readonly file: (path: string) => File
}

/** What a bench is made of. */
export interface BenchParts extends Pick<WorldParts, "secret" | "buildSecret" | "explainMissingImage"> {
  readonly dag: Client
  /** Settings may come from variables. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Path of the project in its repository. */
  readonly path: string
  /** Name of its folder, where nothing else names it. */
  readonly name?: string
  /** The files of a commit of the git remote. */
  readonly treeOf: (commit: string) => Promise<Directory>
  readonly runOn: (subject: CommitSubject) => Promise<CommitRunLeft>
}

/** A bench that gives the bytes of what it built. */
export interface ReleaseBench extends Bench {
  readonly shipped: ShippedBytes
}

/** Runs the pipeline on release commits, and keeps what it built on this disk. */
export function createReleaseBench(parts: BenchParts): ReleaseBench {
  const kept = new Map<string, { readonly path: string; readonly file: () => File }>()
  const texts = new Map<string, Uint8Array>()
  let layout: string | undefined

  const known = (sha256: string) => {
    const found = kept.get(sha256)
    if (found === undefined) throw new TypeError(`nobody built sha256:${sha256}`)
    return found
  }
  async function bytes(sha256: string): Promise<Uint8Array> {
    const text = texts.get(sha256)
    if (text !== undefined) return text
    const { path } = known(sha256)
    const read = await readFile(path)
    if (createHash("sha256").update(read).digest("hex") !== sha256) throw changed(path)
    return read
  }

  return {
    async run(order) {
      const { imports, ...subject } = await subjectOf(parts, order)
      const left = await parts.runOn(subject)
      const { report, folder } = left
      await keep(left)
      const wantsImage = order.plan.steps.some(({ id }) => id === "image")
      const image = report.cells.find(({ stage, outcome }) => stage === "image" && outcome === "passed")
      const built = wantsImage && image !== undefined ? await exportImage(subject.collector, image, folder) : undefined
      layout = built?.folder ?? layout
      return { report, imports, image: built?.digest ?? null }
    },
    shipped: {
      bytes,
      file: (sha256) => known(sha256).file(),
      image: layoutSource((path) => {
        if (layout === undefined) throw new TypeError("nobody built an image")
        return readFile(join(layout, path))
      }),
    },
  }

  async function keep({ report, folder, file }: CommitRunLeft): Promise<void> {
    for (const { path, sha256 } of report.cells.flatMap(({ artifacts }) => artifacts)) {
      kept.set(sha256, { path: join(folder, path), file: () => file(path) })
    }
    const shipped = await shippedBy(report)
    const sums = shipped.at(-1)
    if (sums !== undefined) texts.set(sums.sha256, new TextEncoder().encode(checksumsOf(shipped)))
  }
}

async function subjectOf(
  { dag, env, path, name, treeOf, secret, buildSecret, explainMissingImage }: BenchParts,
  { plan, release }: BuildOrder,
): Promise<CommitSubject & { readonly imports: readonly string[] }> {
  const tree = await treeOf(release.commit)
  const folder = path === "." ? tree : tree.directory(path)
  const files = createDirectoryFiles(folder)
  const named = name === undefined ? {} : { folder: name }
  const [{ project, settings }, paths] = await Promise.all([
    inspectProject(files, { env, path, ...named }),
    files.list(),
  ])
  const baseline = await loadBaseline(files, settings)
  const { commit } = release
  const tags = { kind: "seen", head: commit, tags: [{ name: plan.version.tag, commit }] } as const
  const world: WorldParts = {
    ...(secret === undefined ? {} : { secret }),
    ...(buildSecret === undefined ? {} : { buildSecret }),
    ...(explainMissingImage === undefined ? {} : { explainMissingImage }),
    dag,
    project,
    settings,
    sources: createDirectorySources(dag, { folder, paths, path: "." }),
    epoch: release.time,
    facts: { commit, dirty: false, committed: new Date(release.time * 1_000).toISOString() },
    readSource: (file) => files.read(file),
    versions: () => gatherVersionFacts(createDirectoryFiles(folder, { marks: "kept" }), { project, settings, tags }),
    ...(baseline === undefined ? {} : { baseline }),
  }
  return { settings, world, collector: createCollector(), imports: project.packages.map((each) => each.name) }
}

function changed(path: string): QuillonError {
  return new QuillonError({
    code: "ARTIFACT_CHANGED",
    message: `${path} is not any more what was built`,
    next: "quillon release --resume builds it again",
    kind: "environment",
  })
}
