import { Option } from "commander"
import { QuillonError } from "../../src/errors.js"

/** `--force FILE`, which may be given again. */
export function forceOption(description: string): Option {
  return new Option("--force <file>", description)
    .argParser((value: string, before: readonly string[]) => [...before, value])
    .default([], "none")
}

/** What a command would write, and what it says of a file that is none of it. */
export interface Forceable {
  readonly paths: readonly string[]
  readonly code: string
  /** E.g. `names no file that is written here`. */
  readonly why: string
}

/** A file that is named but would never be written is a slip. @throws QuillonError with the given code */
export function refuseUnknown(force: readonly string[], { paths, code, why }: Forceable): void {
  const stranger = force.find((name) => !paths.includes(name))
  if (stranger === undefined) return
  throw new QuillonError({
    code,
    message: `--force ${stranger} ${why}`,
    next: `name ${paths.join(" or ")}`,
    kind: "usage",
  })
}
