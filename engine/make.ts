import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { type BootstrapContext, bootstrap } from "./bootstrap.js"
import { buildBinaries } from "./build.js"
import { buildContent } from "./build-content.js"
import type { BuiltContent, ContentRecipe } from "./content.js"
import type { DebianSource } from "./debian.js"
import { type BuiltImage, buildImage } from "./images.js"
import { INTERPRETERS, type InterpreterImage, interpreterRecipe } from "./interpreters.js"
import { limit } from "./limit.js"
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
  readonly buildKey: string
  /** Debian's name, e.g. `amd64`. */
  readonly architecture: string
  readonly source: DebianSource
  readonly recipes: readonly ContentRecipe[]
}

/** Two bootstraps at once: more would only wait for the compiler's share of the machine. */
const BOOTSTRAPS_AT_ONCE = 2

/** Makes what the cache lacks; the compile and the bootstraps, which need nothing of each other, run at once. */
export async function makeAll(request: MakeRequest): Promise<Made> {
  const { session, buildKey, architecture } = request
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
  const images = INTERPRETERS.map((image) => lane(() => makeImage(image, debian, request)))
  const content = compile.then((binaries) =>
    Promise.all(
      request.recipes.map((recipe) =>
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
  image: InterpreterImage,
  debian: BootstrapContext,
  request: MakeRequest,
): Promise<BuiltImage | undefined> {
  const { session } = request
  const script = join(session.assets, "guest", "python-image.sh")
  const recipe = interpreterRecipe(image, { script, id: await readFile(script, "utf8") })
  try {
    return await session.progress.task(`python:${image.python}-slim from Debian ${image.suite}`, ({ say }) =>
      buildImage(image, recipe, {
        ...debian,
        onStep: say,
        images: session.paths.images,
        architecture: request.architecture,
      }),
    )
  } catch (error) {
    if (image.need === "always" || session.signal.aborted) throw error
    session.progress.note(
      `python:${image.python}-slim is left out: ${error instanceof Error ? error.message : String(error)}`,
    )
    return undefined
  }
}
