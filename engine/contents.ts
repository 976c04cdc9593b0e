import type { ContentRecipe } from "./content.js"
import { typescriptSdk } from "./typescript-sdk/recipe.js"

/** The SDK content that `engine up` builds into the engine. */
export const CONTENT_RECIPES: readonly ContentRecipe[] = [typescriptSdk]
