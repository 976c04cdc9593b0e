import { randomUUID } from "node:crypto"
import { readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { QuillonError } from "../../src/errors.js"
import { applyEdits, byFile, type Edit } from "../../src/release/version/edits.js"

interface Staged {
  readonly path: string
  readonly temporary: string
  readonly original: Uint8Array
}

/**
 * Writes edits into the files of a folder: all or none. Each file is written beside itself and renamed, so that a
 * reader sees the old or the new one.
 *
 * @throws QuillonError FILE_CHANGED when a file is no longer as it was read, CANT_WRITE when the folder can't be written.
 */
export async function writeEdits(folder: string, edits: readonly Edit[]): Promise<void> {
  const staged: Staged[] = []
  const renamed: Staged[] = []
  try {
    for (const [file, own] of byFile(edits)) staged.push(await stage(join(folder, file), own))
    for (const each of staged) {
      await rename(each.temporary, each.path)
      renamed.push(each)
    }
  } catch (error) {
    await Promise.allSettled(renamed.map(({ path, original }) => writeFile(path, original)))
    await Promise.allSettled(staged.map(({ temporary }) => rm(temporary, { force: true })))
    throw error instanceof QuillonError ? error : cantWrite(folder, error)
  }
}

async function stage(named: string, edits: readonly Edit[]): Promise<Staged> {
  const path = await realpath(named)
  const original = await readFile(path)
  const changed = applyEdits(original, edits)
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`
  try {
    await writeFile(temporary, changed, { mode: (await stat(path)).mode & 0o777, flag: "wx" })
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return { path, temporary, original }
}

function cantWrite(folder: string, cause: unknown): QuillonError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new QuillonError(
    {
      code: "CANT_WRITE",
      message: `can't write in ${folder}: ${why}; nothing was changed`,
      next: "make the folder writable",
      kind: "environment",
    },
    { cause },
  )
}
