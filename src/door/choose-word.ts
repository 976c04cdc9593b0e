import { QuillonError } from "../errors.js"

/** The one of some words that a caller of the module typed. @throws QuillonError UNKNOWN_WORD */
export function chooseWord<T extends string>(argument: string, typed: string, words: readonly T[]): T {
  const found = words.find((word) => word === typed)
  if (found !== undefined) return found
  throw new QuillonError({
    code: "UNKNOWN_WORD",
    message: `--${argument} is ${JSON.stringify(typed)}`,
    next: `one of ${words.join(", ")}`,
    kind: "usage",
  })
}
