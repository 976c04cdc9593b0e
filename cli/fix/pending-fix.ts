import { createHash } from "node:crypto"
import { readFile, realpath } from "node:fs/promises"
import { join, sep } from "node:path"
import type { FixedFile } from "../../src/stages/fix-lint-reading.js"

/** A file on this machine and what would stand in it. */
export interface PendingFix {
  /** Relative to the project, `/` as separator. */
  readonly path: string
  readonly before: Buffer
  readonly after: Buffer
}

/** What a fix would change here. */
export interface PendingFixes {
  readonly fixes: readonly PendingFix[]
  /** Files that no longer are what the fix was made from: they were edited meanwhile, or are gone. */
  readonly edited: readonly string[]
}

/** Where the project's files are, and those that were fixed. */
export interface FixPlaces {
  readonly project: string
  readonly fixed: string
}

/** Compares what was fixed with what is here now. */
export async function readPendingFixes(changed: readonly FixedFile[], places: FixPlaces): Promise<PendingFixes> {
  const read = await Promise.all(
    changed.map(async ({ path, before }) => {
      const [own, after] = await Promise.all([
        readOwn(places.project, path),
        readFile(join(places.fixed, ...path.split("/"))),
      ])
      return own !== undefined && sha256(own) === before ? { path, before: own, after } : path
    }),
  )
  return {
    fixes: read.filter((each) => typeof each !== "string"),
    edited: read.filter((each) => typeof each === "string"),
  }
}

/** The bytes of a file of the project; undefined for one that is gone, or that a link takes out of the project. */
export async function readOwn(project: string, path: string): Promise<Buffer | undefined> {
  try {
    const [root, real] = await Promise.all([realpath(project), realpath(join(project, ...path.split("/")))])
    return real.startsWith(root + sep) ? await readFile(real) : undefined
  } catch {
    return undefined
  }
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex")
}
