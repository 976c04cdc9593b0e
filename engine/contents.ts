import type { ContentRecipe } from "./content.js"

/** The SDK content that `engine up` builds into the engine. */
export const CONTENT_RECIPES: readonly ContentRecipe[] = []
