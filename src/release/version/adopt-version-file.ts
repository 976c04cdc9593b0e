import { QuillonError } from "../../errors.js"
import { asStrings, readToml } from "../../project/toml.js"
import { readerFiles } from "./backend-reader.js"
import { isDisagreement } from "./check.js"
import type { Edit } from "./edits.js"
import type { VersionFacts } from "./facts.js"
import type { FoundPlace } from "./found.js"
import { readFromMetadata } from "./metadata-source.js"
import { toPep440 } from "./pep440-text.js"
import { lineAt, offsetOfLine } from "./place.js"
import { fileReadingBackend, readFromVersionFile } from "./single-source.js"
import { nameOfSource } from "./source.js"
import type { Truth } from "./truth.js"

/** What makes a project read its version instead of repeating it. */
export interface Adoption {
  /** Text of the new file VERSION; absent where it is there already, or nothing would read it. */
  readonly versionFile?: string
  readonly edits: readonly Edit[]
  /** Places that go on stating the version, and why. */
  readonly stays: readonly { readonly place: Pick<FoundPlace, "name" | "file" | "line">; readonly why: string }[]
}

/** What an adoption is made from; `backend` is absent where nothing builds. */
export interface AdoptionInput {
  readonly facts: VersionFacts
  readonly truth: Truth
  readonly backend?: string
}

const VERSION = "VERSION"
const PYPROJECT = "pyproject.toml"

/**
 * Makes `pyproject.toml` read the file VERSION, and `__version__` the installed metadata, where that can be done.
 * Pure.
 *
 * @throws QuillonError PLACES_DISAGREE, VERSION_IS_THE_TAG, NO_VERSION: nothing may change what the version is
 */
export function adoptVersionFile(input: AdoptionInput): Adoption {
  const { truth, facts } = input
  demandAgreement(truth)
  const project = adoptProject(input)
  const modules = truth.places
    .filter(({ place }) => place.name === "__version__" && place.generatedBy === undefined)
    .map(({ place }) => adoptModule(place, input))
  const dynamic = project.edits.length > 0
  const edits = [...project.edits, ...modules.flatMap((each) => each.edits)]
  return {
    ...(dynamic && !facts.texts.has(VERSION) ? { versionFile: `${pythonText(truth)}\n` } : {}),
    edits: dynamic ? [...respell(truth), ...edits, ...unlock(input)] : edits,
    stays: [...project.stays, ...modules.flatMap(({ stays }) => stays)],
  }
}

type Part = Pick<Adoption, "edits" | "stays">

function adoptProject({ facts, truth, backend }: AdoptionInput): Part {
  const place = truth.places.find(({ place: each }) => each.claim === "static")?.place
  if (place === undefined) return { edits: [], stays: [] }
  const stay = (why: string): Part => ({ edits: [], stays: [{ place, why }] })
  if (place.file !== PYPROJECT || place.name !== "[project] version") return stay("it is to be changed by hand")
  const reader = fileReadingBackend(backend ?? "")
  if (reader === undefined) return stay(`${backend ?? "no build backend"} can't read a file of its own for the version`)
  try {
    return { edits: readFromVersionFile(facts.texts.get(PYPROJECT)?.text ?? "", reader), stays: [] }
  } catch (error) {
    return stay(reasonOf(error, "CANT_READ_VERSION_FILE"))
  }
}

function adoptModule(place: FoundPlace, { facts }: AdoptionInput): Part {
  const stay = (why: string): Part => ({ edits: [], stays: [{ place, why }] })
  const { subject, texts } = facts
  if (subject.kind === "application") return stay("an application is not installed, so it has no metadata to read")
  if (isReadByBuild(place.file, facts)) return stay("the build reads the version from it")
  try {
    const text = texts.get(place.file)?.text ?? ""
    return { edits: readFromMetadata({ file: place.file, text, distribution: subject.name }), stays: [] }
  } catch (error) {
    return stay(reasonOf(error, "CANT_READ_METADATA"))
  }
}

/** Where `[project]` says that the version is dynamic, a module may be what it comes from. */
function isReadByBuild(file: string, { texts, subject }: VersionFacts): boolean {
  const text = (path: string) => texts.get(path)?.text
  const readers = readerFiles({ packages: subject.packages, text })
  if (readers.length > 0) return readers.includes(file)
  const pyproject = text(PYPROJECT)
  const document = pyproject === undefined ? undefined : readToml(pyproject, PYPROJECT)
  const stated = document?.get("project", "version") ?? document?.get("tool", "poetry", "version")
  return stated === undefined || asStrings(document?.get("project", "dynamic")).includes("version")
}

/** The version as the backend will read it. */
function pythonText({ spelling, version }: Truth): string {
  return version === undefined || spelling?.dialect === "pep440" ? (spelling?.text ?? "") : toPep440(version)
}

/** A VERSION that nothing but people read is SemVer; a backend takes `1.2.0-0.dev.5` for a post-release. */
function respell(truth: Truth): readonly Edit[] {
  const place = truth.places.find(({ place: { file } }) => file === VERSION)?.place
  const after = pythonText(truth)
  if (place === undefined || place.text === after) return []
  return [{ file: VERSION, line: place.line, offset: place.offset, before: place.text, after }]
}

/** `uv` locks no version of a project whose version is dynamic, and takes a lock with one for outdated. */
function unlock({ facts, truth }: AdoptionInput): readonly Edit[] {
  return truth.places.flatMap(({ place: { file, offset } }): readonly Edit[] => {
    const text = facts.texts.get(file)?.text
    if (file !== "uv.lock" || text === undefined) return []
    const line = lineAt(text, offset)
    const start = offsetOfLine(text, line)
    return [{ file, line, offset: start, before: text.slice(start, offsetOfLine(text, line + 1)), after: "" }]
  })
}

function demandAgreement({ places, source, troubles, spelling }: Truth): void {
  const [trouble] = troubles
  if (trouble !== undefined) throw refused("NO_VERSION", `${trouble.file} ${trouble.message}`, trouble.next)
  if (source.kind === "none") throw refused("NO_VERSION", source.reason, source.next)
  if (source.kind === "tag") {
    const message = `the version of this project is its git tag (${source.tag.name}), which is read and not repeated`
    throw refused("VERSION_IS_THE_TAG", message, "quillon version check tells of copies")
  }
  const bad = places.find(({ verdict }) => isDisagreement(verdict))?.place
  if (bad === undefined) return
  const message = `${bad.file}:${bad.line} says another version than ${spelling?.text} (${nameOfSource(source)})`
  throw refused("PLACES_DISAGREE", message, "quillon version sync, and then this command again")
}

function refused(code: string, reason: string, next: string): QuillonError {
  const kind = code === "VERSION_IS_THE_TAG" ? "usage" : "environment"
  return new QuillonError({ code, message: `${reason}; nothing was written`, next, kind })
}

function reasonOf(error: unknown, code: string): string {
  if (error instanceof QuillonError && error.code === code) return error.message
  throw error
}
