import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { readManaged } from "./managed.js"
import type { Wrapper } from "./render.js"

/** How a file of a CI system stands to what Quillon would write. */
export type Standing = "absent" | "same" | "outdated" | "edited" | "foreign" | "apart"

/** A file, as it is and as it would be. */
export interface ComparedWrapper {
  /** Relative to the repository's root. */
  readonly path: string
  readonly standing: Standing
  /** Undefined where there is none. */
  readonly before: string | undefined
  /** What `quillon wrappers` makes of it: a person's own part stays. */
  readonly after: string
}

/** Looks at the files of a repository. */
export async function compareWrappers(root: string, wrappers: readonly Wrapper[]): Promise<readonly ComparedWrapper[]> {
  return Promise.all(
    wrappers.map(async (wrapper) => compareWrapper(wrapper, await textIfThere(join(root, wrapper.path)))),
  )
}

/** Compares one file. Pure. */
export function compareWrapper({ path, managed, leads }: Wrapper, before: string | undefined): ComparedWrapper {
  if (before === undefined) return { path, standing: "absent", before, after: managed }
  if (leads !== undefined) return { path, standing: leadsTo(before, leads) ? "same" : "apart", before, after: before }
  const file = readManaged(before)
  if (file.kind === "foreign") return { path, standing: "foreign", before, after: managed }
  const after = `${managed}${file.own}`
  const standing = file.managed === managed ? "same" : file.intact ? "outdated" : "edited"
  return { path, standing, before, after }
}

function leadsTo(text: string, leads: readonly string[]): boolean {
  return text.split("\n").some((line) => !/^\s*#/.test(line) && leads.some((lead) => line.includes(lead)))
}

/** The text of a file; undefined where there is none. */
export async function textIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined
    throw error
  })
}
