import type { Entry, ZipFile } from "yauzl"
import { QuillonError } from "../../src/errors.js"

/** Bytes that a file of an archive may have, and entries that an archive may have. */
const LARGEST = 64 * 1024 * 1024
const ENTRIES = 200_000

/**
 * Reads files of a run out of a zip into memory; nothing of it is ever written to the disk. They are looked for beside the
 * first of them: of several runs in the one whose path sorts last, which is the newest.
 *
 * @throws QuillonError UNREADABLE_ARCHIVE for what is none, is broken, or has more in it than may be
 */
export async function readFromZip(path: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { default: yauzl } = await import("yauzl")
  let zip: ZipFile | undefined
  try {
    zip = await yauzl.openPromise(path, { autoClose: false })
    const entries = await entriesOf(zip)
    const [first = ""] = names
    const found = [...entries.keys()].filter((name) => name === first || name.endsWith(`/${first}`)).sort()
    const home = found.at(-1)?.slice(0, -first.length)
    const texts = new Map<string, string>()
    for (const name of home === undefined ? [] : names) {
      const entry = entries.get(`${home}${name}`)
      if (entry !== undefined) texts.set(name, await textOf(zip, entry))
    }
    return texts
  } catch (cause) {
    throw unreadable(path, cause)
  } finally {
    zip?.close()
  }
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > ENTRIES) throw new RangeError(`it has ${zip.entryCount} files`)
  const entries = new Map<string, Entry>()
  // The library refuses names that lead out of the archive.
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  return entries
}

/** The stream itself ends with an error where more comes out than the archive says. */
async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > LARGEST) throw new RangeError(`${entry.fileName} has ${entry.uncompressedSize} bytes`)
  const pieces: Buffer[] = []
  for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString("utf8")
}

function unreadable(path: string, cause: unknown): QuillonError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new QuillonError(
    {
      code: "UNREADABLE_ARCHIVE",
      message: `can't read the archive ${path}: ${why}`,
      next: "download the artifact of the run again",
      kind: "usage",
    },
    { cause },
  )
}
