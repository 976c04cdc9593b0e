import { existsSync } from "node:fs"
import { join } from "node:path"
import { type BootstrapContext, type BootstrapRecipe, bootstrap, bootstrapKey } from "./bootstrap.js"
import { buildBinaries, hasBinaries } from "./build.js"
import { buildContent } from "./build-content.js"
import type { BuiltContent } from "./content.js"
import type { DebianSource } from "./debian.js"
import { type BuiltImage, buildImage } from "./images.js"
import { limit } from "./limit.js"
import type { Progress } from "./progress.js"
import type { Recipes } from "./recipes.js"
import { makeRootfs, ROOTFS_RECIPE } from "./rootfs.js"
import type { Session } from "./session.js"

/** Everything that an engine is started from, finished and in the cache. */
export interface Made {
  readonly binaries: string
  readonly rootfs: string
  readonly images: readonly BuiltImage[]
  readonly content: readonly BuiltContent[]
}

/** What is to be made. */
export interface MakeRequest {
  readonly session: Session
  readonly recipes: Recipes
  readonly source: DebianSource
}

/** Two bootstraps at once: more would only wait for the compiler's share of the machine. */
const BOOTSTRAPS_AT_ONCE = 2

/** Runs work as a task that people see, or silently where the cache has the result already. */
function show<T>(
  progress: Progress,
  task: { title: string; cached: boolean },
  work: (say: (text: string) => void) => Promise<T>,
): Promise<T> {
  return task.cached ? work(() => {}) : progress.task(task.title, ({ say }) => work(say))
}

/** Makes what the cache lacks; the compile and the bootstraps, which need nothing of each other, run at once. */
export async function makeAll(request: MakeRequest): Promise<Made> {
  const { paths, run } = request.session
  const { buildKey } = request.recipes
  const workshop: Workshop = {
    ...request,
    lane: limit(BOOTSTRAPS_AT_ONCE),
    debian: { bases: paths.bases, scratch: paths.scratch, source: request.source, run },
  }
  const compile = makeBinaries(workshop)
  const base = makeBase(workshop)
  const images = Promise.all(request.recipes.images.map((wanted) => makeImage(wanted, workshop)))
  const content = makeContent(compile, workshop)
  const rootfs = Promise.all([compile, base]).then(([binaries, baseTar]) =>
    makeRootfs({ baseTar, binaries, buildKey }, { rootfs: paths.rootfs, scratch: paths.scratch, run }),
  )
  const [binaries, root, built, contents] = await Promise.all([compile, rootfs, images, content])
  return { binaries, rootfs: root, images: built.filter((image) => image !== undefined), content: contents }
}

interface Workshop extends MakeRequest {
  readonly lane: <T>(work: () => Promise<T>) => Promise<T>
  readonly debian: BootstrapContext
}

function makeBinaries({ session, recipes }: Workshop): Promise<string> {
  const { paths, run, progress } = session
  const { architecture } = recipes
  const task = { title: "engine and CLI from Go's module proxy", cached: hasBinaries(recipes.binaries) }
  const module = join(session.assets, "go")
  return show(progress, task, (say) =>
    buildBinaries(recipes.buildKey, {
      module,
      builds: paths.builds,
      scratch: paths.scratch,
      architecture,
      run,
      say,
      now: Date.now,
    }),
  )
}

function makeBase({ session, recipes, lane, debian }: Workshop): Promise<string> {
  const task = {
    title: `the engine's root file system from Debian ${ROOTFS_RECIPE.suite}`,
    cached: existsSync(recipes.baseTar),
  }
  return lane(() => show(session.progress, task, (say) => bootstrap(ROOTFS_RECIPE, { ...debian, onStep: say })))
}

/** Its root file systems are made early: they need nothing of the compiler, which content has to wait for. */
async function makeContent(compile: Promise<string>, workshop: Workshop): Promise<readonly BuiltContent[]> {
  const { session, recipes } = workshop
  const { paths, run, progress } = session
  const missing = recipes.content.filter(({ folder }) => !existsSync(folder))
  const bases = missing.flatMap(({ recipe }) => recipe.bases ?? []).map((base) => makeContentBase(base, workshop))
  const [binaries] = await Promise.all([compile, ...bases])
  const build = ({ recipe, folder }: Recipes["content"][number]) =>
    show(progress, { title: recipe.name, cached: existsSync(folder) }, (say) =>
      buildContent(recipe, {
        folder: paths.content,
        scratch: paths.scratch,
        buildKey: recipes.buildKey,
        binaries,
        run,
        progress: say,
        bootstrap: (base) => workshop.lane(() => bootstrap(base, { ...workshop.debian, onStep: say })),
      }),
    )
  return Promise.all(recipes.content.map(build))
}

function makeContentBase(base: BootstrapRecipe, { session, lane, debian }: Workshop): Promise<string> {
  const task = {
    title: `root file system of SDK content from Debian ${base.suite}`,
    cached: existsSync(join(debian.bases, `${bootstrapKey(base)}.tar`)),
  }
  return lane(() => show(session.progress, task, (say) => bootstrap(base, { ...debian, onStep: say })))
}

async function makeImage(
  { image, recipe, folder }: Recipes["images"][number],
  { session, recipes, lane, debian }: Workshop,
): Promise<BuiltImage | undefined> {
  const task = { title: `python:${image.python}-slim from Debian ${image.suite}`, cached: existsSync(folder) }
  const context = { ...debian, images: session.paths.images, architecture: recipes.architecture }
  try {
    return await lane(() =>
      show(session.progress, task, (say) => buildImage(image, recipe, { ...context, onStep: say })),
    )
  } catch (error) {
    if (image.need === "always" || session.signal.aborted) throw error
    const why = error instanceof Error ? error.message : String(error)
    session.progress.note(`python:${image.python}-slim is left out: ${why}`)
    return undefined
  }
}
