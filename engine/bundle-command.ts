import { mkdir } from "node:fs/promises"
import { relative } from "node:path"
import { QuillonError } from "../src/errors.js"
import { hasBinaries } from "./build.js"
import { writeBundle } from "./bundle.js"
import { CONTENT_RECIPES, chooseContent } from "./contents.js"
import { DAGGER_VERSION } from "./go-build.js"
import { takeLock } from "./lock.js"
import { debianArchitecture } from "./preflight.js"
import { finishedPaths, missingWork, readRecipes } from "./recipes.js"
import type { Session } from "./session.js"

/** Writes everything that `up` made on this machine into one archive; gives its size in bytes. */
export async function bundleEngine(target: string, session: Session): Promise<number> {
  const { paths, progress, run, signal } = session
  const lock = await takeLock({
    instance: paths.instance,
    holder: { pid: process.pid, doing: "quillon engine bundle" },
    onWait: ({ pid, doing }) => progress.note(`waiting for ${doing} (process ${pid})`),
    signal,
  })
  try {
    const architecture = debianArchitecture(process.arch) ?? process.arch
    const all = await readRecipes({ assets: session.assets, paths, architecture, content: CONTENT_RECIPES })
    const recipes = { ...all, content: chooseContent(all.content, []) }
    const missing = missingWork(recipes)
    if (missing.bootstrap || !hasBinaries(recipes.binaries)) {
      throw new QuillonError({
        code: "ENGINE_NOT_BUILT",
        message: `${paths.cache} does not have everything that a bundle needs`,
        next: "quillon engine up",
        kind: "environment",
      })
    }
    await mkdir(paths.scratch, { recursive: true })
    const content = {
      version: DAGGER_VERSION,
      architecture,
      paths: finishedPaths(recipes).map((path) => relative(paths.cache, path)),
    }
    return await progress.task("bundle", ({ say }) =>
      writeBundle(target, content, { cache: paths.cache, scratch: paths.scratch, run, say }),
    )
  } finally {
    await lock.release()
  }
}
