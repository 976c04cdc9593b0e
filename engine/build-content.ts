import { existsSync } from "node:fs"
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { BuiltContent, ContentContext, ContentRecipe } from "./content.js"
import { contentKey } from "./recipe.js"
import { removeTree } from "./remove-tree.js"

/** What the making of content shares. */
export interface BuildContentContext extends Omit<ContentContext, "target" | "scratch"> {
  readonly folder: string
  readonly scratch: string
  readonly buildKey: string
}

/** Names a recipe's result in the cache. */
export async function contentFolder(
  recipe: ContentRecipe,
  context: { readonly folder: string; readonly buildKey: string },
): Promise<string> {
  return join(context.folder, `${recipe.name}-${contentKey([await recipe.inputs(), context.buildKey])}`)
}

/** Builds one piece of SDK content unless the cache has it. */
export async function buildContent(recipe: ContentRecipe, context: BuildContentContext): Promise<BuiltContent> {
  const folder = await contentFolder(recipe, context)
  const record = join(folder, "quillon.json")
  if (!existsSync(record)) {
    const target = join(context.scratch, `content-${recipe.name}`)
    const scratch = `${target}-work`
    for (const path of [target, scratch]) {
      await removeTree(path, context.run)
      await mkdir(path, { recursive: true })
    }
    const { manifestDigest } = await recipe.build({ ...context, target, scratch })
    await writeFile(join(target, "quillon.json"), JSON.stringify({ manifestDigest }))
    await mkdir(context.folder, { recursive: true })
    await removeTree(folder, context.run)
    await rename(target, folder)
    await removeTree(scratch, context.run)
  }
  const { manifestDigest } = JSON.parse(await readFile(record, "utf8")) as { manifestDigest: string }
  return { name: recipe.name, variable: recipe.variable, manifestDigest, folder }
}

/** Merges all content's blobs into the one folder that the engine reads, and gives it; the name is its content key. */
export async function mergeContent(content: readonly BuiltContent[], folder: string): Promise<string> {
  const merged = join(folder, `merged-${contentKey(content.map(({ manifestDigest }) => manifestDigest))}`)
  if (existsSync(merged)) return merged
  const half = `${merged}.half`
  await rm(half, { recursive: true, force: true })
  await mkdir(join(half, "blobs", "sha256"), { recursive: true })
  for (const built of content) await cp(join(built.folder, "blobs"), join(half, "blobs"), { recursive: true })
  await writeFile(join(half, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }))
  await writeFile(join(half, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [] }))
  await rename(half, merged)
  return merged
}
