import { join } from "node:path"
import { type BootstrapContext, bootstrap } from "./bootstrap.js"
import { buildBinaries } from "./build.js"
import { buildContent } from "./build-content.js"
import type { BuiltContent } from "./content.js"
import type { DebianSource } from "./debian.js"
import { type BuiltImage, buildImage } from "./images.js"
import { limit } from "./limit.js"
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

/** Makes what the cache lacks; the compile and the bootstraps, which need nothing of each other, run at once. */
export async function makeAll(request: MakeRequest): Promise<Made> {
  const { session, recipes } = request
  const { buildKey, architecture } = recipes
  const { paths, progress, run } = session
  const lane = limit(BOOTSTRAPS_AT_ONCE)
  const debian: BootstrapContext = { bases: paths.bases, scratch: paths.scratch, source: request.source, run }

  const compile = progress.task("engine and CLI", ({ say }) =>
    buildBinaries(buildKey, {
      module: join(session.assets, "go"),
      builds: paths.builds,
      scratch: paths.scratch,
      architecture,
      run,
      say,
      now: Date.now,
    }),
  )
  const base = lane(() =>
    progress.task("the engine's root file system", ({ say }) => bootstrap(ROOTFS_RECIPE, { ...debian, onStep: say })),
  )
  const images = recipes.images.map((wanted) => lane(() => makeImage(wanted, debian, request)))
  const content = compile.then((binaries) =>
    Promise.all(
      recipes.content.map(({ recipe }) =>
        progress.task(recipe.name, ({ say }) =>
          buildContent(recipe, {
            folder: paths.content,
            scratch: paths.scratch,
            buildKey,
            binaries,
            run,
            progress: say,
            bootstrap: (base) => lane(() => bootstrap(base, { ...debian, onStep: say })),
          }),
        ),
      ),
    ),
  )
  const rootfs = Promise.all([compile, base]).then(([binaries, baseTar]) =>
    makeRootfs({ baseTar, binaries, buildKey }, { rootfs: paths.rootfs, scratch: paths.scratch, run }),
  )

  const [binaries, root, built, contents] = await Promise.all([compile, rootfs, Promise.all(images), content])
  return { binaries, rootfs: root, images: built.filter((image) => image !== undefined), content: contents }
}

async function makeImage(
  { image, recipe }: Recipes["images"][number],
  debian: BootstrapContext,
  { session, recipes }: MakeRequest,
): Promise<BuiltImage | undefined> {
  try {
    return await session.progress.task(`python:${image.python}-slim from Debian ${image.suite}`, ({ say }) =>
      buildImage(image, recipe, {
        ...debian,
        onStep: say,
        images: session.paths.images,
        architecture: recipes.architecture,
      }),
    )
  } catch (error) {
    if (image.need === "always" || session.signal.aborted) throw error
    const why = error instanceof Error ? error.message : String(error)
    session.progress.note(`python:${image.python}-slim is left out: ${why}`)
    return undefined
  }
}
