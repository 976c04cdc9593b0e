import { readFile, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { unmaskSecrets } from "../../src/capsule/masking.js"
import { readCapsule } from "../../src/capsule/read-capsule.js"
import { CAPSULE_FILE, type Capsule } from "../../src/capsule/schema.js"
import { QuillonError } from "../../src/errors.js"
import { type Report, reportSchema } from "../../src/pipeline/report.js"
import type { Io } from "../io.js"
import { typedArgument } from "../typed-argument.js"
import { readFromZip } from "./read-zip.js"

/** A capsule at hand. */
export interface OpenedCapsule {
  readonly capsule: Capsule
  /** What stood beside it. */
  readonly report?: Report
  /** The file or folder, as a shell takes it. */
  readonly typed: string
  /** Absolute path of the folder that it lies in. */
  readonly folder: string
}

const REPORT_FILE = "report.json"

/**
 * Reads a capsule: a file, the one in a run's folder, or the one in an archive of it. Values of secrets that are at hand
 * here stand again where their masks stood.
 *
 * @throws QuillonError NO_SUCH_CAPSULE, NO_CAPSULE_THERE, CAPSULE_TOO_NEW, UNREADABLE_CAPSULE, UNREADABLE_ARCHIVE
 */
export async function openCapsule({ env }: Pick<Io, "env">, path: string, word: string): Promise<OpenedCapsule> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw noSuch(word)
  const { texts, folder } = await read(path, found.isDirectory())
  const text = texts.get(CAPSULE_FILE)
  if (text === undefined) throw nothingThere(word)
  const capsule = readCapsule(text, word)
  const report = parseReport(texts.get(REPORT_FILE), capsule)
  return {
    capsule: unmaskSecrets(capsule, capsule.masked, env),
    ...(report === undefined ? {} : { report }),
    typed: typedArgument(word),
    folder,
  }
}

async function read(path: string, isFolder: boolean) {
  if (/\.zip$/i.test(path) && !isFolder) {
    return { texts: await readFromZip(path, [CAPSULE_FILE, REPORT_FILE]), folder: dirname(path) }
  }
  const folder = isFolder ? path : dirname(path)
  const [capsule, report] = await Promise.all(
    [isFolder ? join(path, CAPSULE_FILE) : path, join(folder, REPORT_FILE)].map((file) =>
      readFile(file, "utf8").catch(() => undefined),
    ),
  )
  const texts = new Map<string, string>()
  if (capsule !== undefined) texts.set(CAPSULE_FILE, capsule)
  if (report !== undefined) texts.set(REPORT_FILE, report)
  return { texts, folder }
}

/** A report beside it only adds words; one of another run says nothing. */
function parseReport(text: string | undefined, { id }: Capsule): Report | undefined {
  try {
    const { data } = reportSchema.safeParse(JSON.parse(text ?? "null"))
    return data?.id === id ? data : undefined
  } catch {
    return undefined
  }
}

function noSuch(word: string): QuillonError {
  return new QuillonError({
    code: "NO_SUCH_CAPSULE",
    message: `there is no capsule, run or archive ${word}`,
    next: "name a capsule.json, a folder below .quillon/runs, or the zip that you downloaded from CI",
    kind: "usage",
  })
}

function nothingThere(word: string): QuillonError {
  return new QuillonError({
    code: "NO_CAPSULE_THERE",
    message: `${word} holds no ${CAPSULE_FILE}`,
    next: "take the artifact with the run's folder: quillon writes a capsule into each",
    kind: "usage",
  })
}
