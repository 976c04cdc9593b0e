import { existsSync } from "node:fs"
import { readdir } from "node:fs/promises"
import type { BuiltContent, ContentRecipe } from "./content.js"
import { goSdk } from "./go-sdk/recipe.js"
import type { Recipes } from "./recipes.js"
import { typescriptSdk } from "./typescript-sdk/recipe.js"

/** The SDK content that `engine up` can build into the engine. */
export const CONTENT_RECIPES: readonly ContentRecipe[] = [typescriptSdk, goSdk]

/** The SDKs that an engine has only when somebody asked for them. */
export const SDKS_ON_DEMAND: readonly string[] = CONTENT_RECIPES.flatMap(({ onDemand }) => onDemand ?? [])

/** The SDKs that somebody asked for once: the cache has them, of whatever version of Quillon. */
export async function madeSdks(folder: string): Promise<readonly string[]> {
  const entries = existsSync(folder) ? await readdir(folder) : []
  return CONTENT_RECIPES.flatMap(({ name, onDemand }) =>
    onDemand !== undefined && entries.some((entry) => entry.startsWith(`${name}-`)) ? [onDemand] : [],
  )
}

/** The content of an engine: what each has, the SDKs that are wanted, and what lies finished in the cache. */
export function chooseContent(all: Recipes["content"], sdks: readonly string[]): Recipes["content"] {
  return all.filter(
    ({ recipe, folder }) => recipe.onDemand === undefined || sdks.includes(recipe.onDemand) || existsSync(folder),
  )
}

/** The engine's variables for its content. One for content that it lacks says how to have it: the engine's own message quotes it. */
export function contentVariables(built: readonly ContentVariable[]): readonly ContentVariable[] {
  const lacking = CONTENT_RECIPES.filter(({ variable }) => !built.some((content) => content.variable === variable))
  const hints = lacking.map(({ variable, onDemand }) => ({
    variable,
    manifestDigest: `(this engine has none; type: quillon engine up --sdk ${onDemand})`,
  }))
  return [...built, ...hints]
}

/** One environment variable of the engine. */
export type ContentVariable = Pick<BuiltContent, "variable" | "manifestDigest">
