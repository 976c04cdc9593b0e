import { QuillonError } from "../../errors.js"
import { correctionOf } from "./correction.js"
import { readIn, writeIn } from "./dialect.js"
import type { Edit } from "./edits.js"
import { type BumpRequest, backwards, nextVersion } from "./next-version.js"
import { textFor } from "./notation.js"
import { whyRefused } from "./refusal.js"
import { compareSpellings, type Spelling } from "./same-version.js"
import { nameOfSource } from "./source.js"
import type { JudgedPlace, Truth } from "./truth.js"
import { compareVersions, toSemVer, type Version } from "./version.js"

/**
 * The edits that make every place agree with the source; none when all agree. Pure.
 *
 * @throws QuillonError when the source itself is in doubt, or a place can't say the version: nothing is edited then.
 */
export function syncEdits(truth: Truth): readonly Edit[] {
  demandSight(truth)
  if (truth.tag.kind === "ahead") throw tagAhead(truth, toSemVer(truth.tag.tag.version))
  if (truth.tag.kind === "rivals") throw rivals(truth.tag.tag.name, truth.tag.other.name)
  return truth.places.flatMap(({ place, verdict }): Edit[] => {
    if (verdict.kind !== "differs" || place.role === "changelog") return []
    if (verdict.expected === undefined) throw unsayable(place, truth.spelling)
    return [editOf(place, verdict.expected)]
  })
}

/** What a bump writes: the next version, and the edits that write it. */
export interface Bump {
  readonly version: Version
  readonly edits: readonly Edit[]
}

/**
 * The edits that write the next version into every place, the source included. Steps go up from the greater of the
 * source and the newest tag. Pure.
 *
 * @throws QuillonError when the version is the tag, would go backwards, or a place can't say it.
 */
export function bumpEdits(truth: Truth, request: BumpRequest): Bump {
  demandSight(truth)
  if (truth.tag.kind === "hidden") throw unseen(truth.tag.reason, truth.tag.next)
  const version = nextVersion(newestOf(truth, request), request)
  const text = toSemVer(version)
  const wanted: Spelling = { text, dialect: "semver" }
  if (truth.source.kind === "tag") throw decidedByTag(text, truth.source.tag.name)
  const order = truth.spelling === undefined ? undefined : compareSpellings(wanted, truth.spelling)
  if (order !== undefined && order < 0) throw backwards(text, truth.spelling?.text ?? "")
  const tag = newestTag(truth)
  if (tag !== undefined && compareVersions(version, tag) < 0) throw backwards(text, toSemVer(tag))
  const edits = truth.places.flatMap(({ place }: JudgedPlace): Edit[] => {
    if (place.role === "changelog" || place.generatedBy !== undefined) return []
    const after = textFor(place, { text: writeIn(place.dialect, version), dialect: place.dialect })
    if (typeof after !== "string") throw unsayable(place, wanted)
    return after === place.text ? [] : [editOf(place, after)]
  })
  return { version, edits }
}

function editOf({ file, line, offset, text }: JudgedPlace["place"], after: string): Edit {
  return { file, line, offset, before: text, after }
}

function demandSight({ source, troubles, places }: Truth): void {
  const [trouble] = troubles
  if (trouble !== undefined) throw unseen(`${trouble.file} ${trouble.message}`, trouble.next)
  if (source.kind === "none") throw unseen(source.reason, source.next)
  const bad = places.find(({ verdict }) => verdict.kind === "malformed")
  if (bad?.verdict.kind !== "malformed") return
  const { place, verdict } = bad
  throw new QuillonError({
    code: "MALFORMED_VERSION",
    message: `${place.file} ${verdict.fault}; nothing was written`,
    next: correctionOf(place),
    kind: "environment",
  })
}

function newestTag({ tag }: Truth): Version | undefined {
  return "tag" in tag ? tag.tag?.version : undefined
}

function newestOf(truth: Truth, request: BumpRequest): Version {
  const tag = newestTag(truth)
  if (truth.version !== undefined)
    return tag !== undefined && compareVersions(tag, truth.version) > 0 ? tag : truth.version
  if (request.kind === "exact") return request.version
  const text = truth.spelling?.text ?? ""
  const read = readIn(truth.spelling?.dialect ?? "semver", text)
  throw new QuillonError({
    code: "VERSION_OUTSIDE",
    message: `there is no ${request.kind} step from ${text}: it ${read.kind === "refused" ? whyRefused(read) : ""}`,
    next: "quillon version bump X.Y.Z",
    kind: "usage",
  })
}

function unseen(reason: string, next: string): QuillonError {
  return new QuillonError({
    code: "VERSION_UNSEEN",
    message: `${reason}; nothing was written`,
    next,
    kind: "environment",
  })
}

function tagAhead(truth: Truth, tag: string): QuillonError {
  const message = `tag ${tag} is ahead of ${truth.spelling?.text} in ${nameOfSource(truth.source)}; nothing was written`
  return new QuillonError({ code: "TAG_AHEAD", message, next: `quillon version bump ${tag}`, kind: "environment" })
}

function rivals(one: string, other: string): QuillonError {
  const message = `the tags ${one} and ${other} mark one commit, so which of them was released can't be told`
  return new QuillonError({ code: "RIVAL_TAGS", message, next: "delete the tag that is wrong", kind: "environment" })
}

function unsayable(place: JudgedPlace["place"], wanted: Spelling | undefined): QuillonError {
  const read = readIn(wanted?.dialect ?? "semver", wanted?.text ?? "")
  const why =
    place.notation === "tuple"
      ? "its three numbers have no room for a pre-release"
      : read.kind === "refused"
        ? `it ${whyRefused(read)}`
        : ""
  return new QuillonError({
    code: "PLACE_CANT_SAY",
    message: `${place.file}:${place.line} can't say ${wanted?.text}: ${why}; nothing was written`,
    next: `change ${place.name} in ${place.file} by hand`,
    kind: "usage",
  })
}

function decidedByTag(text: string, newest: string): QuillonError {
  const name = `${/^\D*/.exec(newest)?.[0] ?? "v"}${text}`
  return new QuillonError({
    code: "VERSION_IS_THE_TAG",
    message: `the version of this project is its git tag: no file is to be changed for ${text}`,
    next: `git tag -a ${name} -m ${name}`,
    kind: "usage",
  })
}
