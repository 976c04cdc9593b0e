import { readIn } from "./dialect.js"
import type { VersionFacts } from "./facts.js"
import { findPlaces } from "./find-places.js"
import type { FoundPlace } from "./found.js"
import { spellingOf, textFor } from "./notation.js"
import { compareSpellings, type Spelling } from "./same-version.js"
import { chooseSource, type Source, spellingOfSource } from "./source.js"
import { rivalOf, type SortedTags, sortTags } from "./tags.js"
import type { JudgedPlace, PlaceVerdict, TagVerdict, Truth } from "./truth.js"
import { isPrerelease, toSemVer } from "./version.js"

/**
 * Finds the version's source and measures every other place and the newest tag against it. Pure.
 *
 * @throws QuillonError when the settings contradict the project.
 */
export function checkVersions(facts: VersionFacts): Truth {
  const { places, troubles } = findPlaces(facts)
  const tags = sortTags(facts.tags.kind === "seen" ? facts.tags.tags : [], facts.settings.tag)
  const source = chooseSource(facts, places, tags)
  const spelling = spellingOfSource(source)
  const read = spelling === undefined ? undefined : readIn(spelling.dialect, spelling.text)
  const tag = judgeTag(facts, spelling, tags)
  const judged = places.map((place): JudgedPlace => ({ place, verdict: judgePlace(place, { source, spelling, tag }) }))
  const seen = { source, places: judged, tag, troubles }
  return {
    ...seen,
    ...(spelling === undefined ? {} : { spelling }),
    ...(read?.kind === "version" ? { version: read.version } : {}),
    ...(read?.kind === "refused" ? { refusal: read } : {}),
    otherTags: tags.others.length,
    outcome: outcomeOf(seen),
  }
}

/** True for a verdict that makes the check fail. */
export function isDisagreement({ kind }: PlaceVerdict | TagVerdict): boolean {
  return kind === "differs" || kind === "malformed" || kind === "ahead" || kind === "rivals"
}

function outcomeOf({
  source,
  places,
  tag,
  troubles,
}: Pick<Truth, "source" | "places" | "tag" | "troubles">): Truth["outcome"] {
  if (isDisagreement(tag) || places.some(({ verdict }) => isDisagreement(verdict))) return "disagree"
  return source.kind === "none" || tag.kind === "hidden" || troubles.length > 0 ? "could-not-look" : "agree"
}

interface Measure {
  readonly source: Source
  readonly spelling: Spelling | undefined
  readonly tag: TagVerdict
}

function judgePlace(place: FoundPlace, measure: Measure): PlaceVerdict {
  const { source, spelling } = measure
  if (place.fault !== undefined) return { kind: "malformed", fault: place.fault }
  if (source.kind === "place" && source.place === place) return unreadable(place) ?? { kind: "source" }
  if (spelling === undefined) return { kind: "agrees" }
  if (place.role === "changelog") return judgeChangelog(place, measure)
  const expected = textFor(place, spelling)
  if (saysSame(place, spelling, expected)) return { kind: "agrees" }
  if (place.generatedBy !== undefined) return { kind: "generated", by: place.generatedBy }
  return typeof expected === "string" ? { kind: "differs", expected } : { kind: "differs", because: expected }
}

/** A source that is no version at all. */
function unreadable(place: FoundPlace): PlaceVerdict | undefined {
  const read = readIn(place.dialect, spellingOf(place).text)
  return read.kind === "refused" && read.refusal === "not-a-version"
    ? { kind: "malformed", fault: `${JSON.stringify(place.text)} is neither a SemVer nor a PEP 440 version` }
    : undefined
}

function saysSame(place: FoundPlace, spelling: Spelling, expected: ReturnType<typeof textFor>): boolean {
  if (place.notation === "major.minor") return place.text === expected
  return compareSpellings(spellingOf(place), spelling) === 0
}

/** The head may stay behind a pre-release, and while the version is unreleased or no tag tells whether it is. */
function judgeChangelog(place: FoundPlace, { spelling, tag }: Measure): PlaceVerdict {
  const order = spelling === undefined ? undefined : compareSpellings(spellingOf(place), spelling)
  if (order === 0) return { kind: "agrees" }
  const read = spelling === undefined ? undefined : readIn(spelling.dialect, spelling.text)
  const hasNoSection = read?.kind === "version" && isPrerelease(read.version)
  const open = hasNoSection || (tag.kind !== "released" && tag.kind !== "rivals")
  return order !== undefined && order < 0 && open ? { kind: "lags" } : { kind: "differs" }
}

function judgeTag({ tags }: VersionFacts, spelling: Spelling | undefined, sorted: SortedTags): TagVerdict {
  if (tags.kind !== "seen") return tags
  const [newest] = sorted.versions
  if (newest === undefined) return { kind: "unreleased" }
  const other = rivalOf(sorted)
  if (other !== undefined) return { kind: "rivals", tag: newest, other }
  const own: Spelling = { text: toSemVer(newest.version), dialect: "semver" }
  const order = spelling === undefined ? undefined : compareSpellings(own, spelling)
  if (order === undefined || order < 0) return { kind: "unreleased", tag: newest }
  if (order > 0) return { kind: "ahead", tag: newest }
  return { kind: "released", tag: newest, ...(tags.head === newest.commit ? {} : { past: true }) }
}
