import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { type BootstrapRecipe, bootstrapKey } from "./bootstrap.js"
import { buildKey, hasBinaries } from "./build.js"
import { contentFolder } from "./build-content.js"
import type { ContentRecipe } from "./content.js"
import { imageFolder } from "./images.js"
import { INTERPRETERS, type InterpreterImage, interpreterRecipe } from "./interpreters.js"
import type { EnginePaths } from "./paths.js"
import type { Work } from "./preflight.js"
import { ROOTFS_RECIPE } from "./rootfs.js"

/** Everything that this version of Quillon makes an engine from, and where each lies in the cache once it is made. */
export interface Recipes {
  readonly buildKey: string
  readonly architecture: string
  readonly binaries: string
  readonly baseTar: string
  readonly images: readonly {
    readonly image: InterpreterImage
    readonly recipe: BootstrapRecipe
    readonly folder: string
  }[]
  readonly content: readonly { readonly recipe: ContentRecipe; readonly folder: string }[]
}

/** What `readRecipes` reads from. */
export interface RecipeSources {
  readonly assets: string
  readonly paths: EnginePaths
  /** Debian's name, e.g. `amd64`. */
  readonly architecture: string
  readonly content: readonly ContentRecipe[]
}

/** Computes all content keys; reads only files of this installation. */
export async function readRecipes({ assets, paths, architecture, content }: RecipeSources): Promise<Recipes> {
  const key = await buildKey(join(assets, "go"), architecture)
  const script = join(assets, "guest", "python-image.sh")
  const finish = { script, id: await readFile(script, "utf8") }
  const images = INTERPRETERS.map((image) => {
    const recipe = interpreterRecipe(image, finish)
    return { image, recipe, folder: imageFolder(paths.images, { image, recipe, architecture }) }
  })
  const contents = content.map(async (recipe) => ({
    recipe,
    folder: await contentFolder(recipe, { folder: paths.content, buildKey: key }),
  }))
  return {
    buildKey: key,
    architecture,
    binaries: join(paths.builds, key),
    baseTar: join(paths.bases, `${bootstrapKey(ROOTFS_RECIPE)}.tar`),
    images,
    content: await Promise.all(contents),
  }
}

/** What the cache still lacks. */
export function missingWork(recipes: Recipes): Work {
  const images = recipes.images.filter(({ image }) => image.need === "always")
  const bootstrapped = [
    recipes.baseTar,
    ...images.map(({ folder }) => folder),
    ...recipes.content.map(({ folder }) => folder),
  ]
  const compiled = recipes.content.filter(({ recipe }) => recipe.compiles).map(({ folder }) => folder)
  const compile = !hasBinaries(recipes.binaries) || !compiled.every((path) => existsSync(path))
  return { compile, bootstrap: !bootstrapped.every((path) => existsSync(path)) }
}

/** The paths of everything that is made already. */
export function finishedPaths(recipes: Recipes): readonly string[] {
  const all = [
    recipes.binaries,
    recipes.baseTar,
    ...recipes.images.map(({ folder }) => folder),
    ...recipes.content.map(({ folder }) => folder),
  ]
  return all.filter((path) => existsSync(path))
}
