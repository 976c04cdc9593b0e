import { QuillonError } from "../../errors.js"
import { readIn } from "./dialect.js"
import type { VersionFacts } from "./facts.js"
import { CLAIMS, type FoundPlace } from "./found.js"
import { spellingOf } from "./notation.js"
import { whyRefused } from "./refusal.js"
import type { Spelling } from "./same-version.js"
import type { SortedTags, VersionTag } from "./tags.js"
import { toSemVer } from "./version.js"

/** What decides the version. */
export type Source =
  | { readonly kind: "place"; readonly place: FoundPlace }
  | { readonly kind: "tag"; readonly tag: VersionTag }
  | { readonly kind: "none"; readonly reason: string; readonly next: string }

/**
 * Chooses the source by precedence: VERSION, the setting, what metadata states, what the backend reads, the tag.
 *
 * @throws QuillonError CONTRADICTING_SOURCES when VERSION and the setting differ, SOURCE_WITHOUT_VERSION when the
 * setting names a file that states none.
 */
export function chooseSource(facts: VersionFacts, places: readonly FoundPlace[], tags: SortedTags): Source {
  const named = facts.settings.source
  const versionFile = places.find(({ claim }) => claim === "version-file")
  if (versionFile !== undefined && named !== undefined && named !== "VERSION") throw contradicting(named)
  if (versionFile !== undefined) return { kind: "place", place: versionFile }
  if (named === "tag") return tagSource(facts, tags)
  if (named !== undefined) return { kind: "place", place: namedPlace(named, places) }

  const claims = facts.subject.fromTag ? CLAIMS.filter((claim) => claim !== "reader" && claim !== "sdist") : CLAIMS
  const place = claims.flatMap((claim) => places.find((each) => each.claim === claim) ?? []).at(0)
  if (place !== undefined) return { kind: "place", place }
  const unpacked = places.find(({ claim }) => claim === "sdist")
  if (facts.tags.kind === "no-git" && unpacked !== undefined) return { kind: "place", place: unpacked }
  if (!facts.subject.fromTag && facts.subject.kind === "package") return unstated()
  return tagSource(facts, tags)
}

/** The source's version as it spells it; undefined when there is no source. */
export function spellingOfSource(source: Source): Spelling | undefined {
  if (source.kind === "place") return spellingOf(source.place)
  return source.kind === "tag" ? { text: toSemVer(source.tag.version), dialect: "semver" } : undefined
}

/** The source in words: `pyproject.toml`, `VERSION`, `tag v3.2.0`. */
export function nameOfSource(source: Source): string {
  if (source.kind === "place") return source.place.file
  return source.kind === "tag" ? `tag ${source.tag.name}` : "nothing"
}

function tagSource({ tags }: VersionFacts, { versions, others }: SortedTags): Source {
  const [newest] = versions
  if (newest !== undefined) return { kind: "tag", tag: newest }
  if (tags.kind === "hidden")
    return { kind: "none", reason: `the version is the git tag, and ${tags.reason}`, next: tags.next }
  if (tags.kind === "no-git") {
    const reason = "the version is the git tag, and there is no git repository"
    return { kind: "none", reason, next: "git clone the project, or write its version into VERSION" }
  }
  const [example] = others
  const refused = example === undefined ? undefined : whyNoVersion(example)
  if (refused !== undefined) {
    const reason = `the version is the git tag, and ${example} ${refused}`
    return { kind: "none", reason, next: "tag the next release as X.Y.Z, or write its version into VERSION" }
  }
  const reason =
    others.length === 0
      ? "the version is the git tag, and HEAD can reach no tag"
      : `the version is the git tag, and none of ${others.length} names a version, e.g. ${others[0]}`
  return {
    kind: "none",
    reason,
    next: others.length === 0 ? "git fetch --tags, or git tag v0.1.0" : "set version.tag, e.g. to 'release-{version}'",
  }
}

/** Why what a tag's name ends with is a version, but none of the domain. */
function whyNoVersion(tag: string): string | undefined {
  const text = /\d.*$/.exec(tag)?.[0]
  const read = text === undefined ? undefined : readIn("semver", text)
  return read?.kind !== "refused" || read.refusal === "not-a-version" ? undefined : whyRefused(read)
}

function unstated(): Source {
  const reason = "no file states the version in a way that can be read without running the build backend"
  return { kind: "none", reason, next: "set version.source to the file that decides it, or write a VERSION file" }
}

function contradicting(named: string): QuillonError {
  return new QuillonError({
    code: "CONTRADICTING_SOURCES",
    message: `there is a VERSION file, and version.source says ${named}: only one of them can decide the version`,
    next: "remove version.source from the settings, or the file VERSION",
    kind: "usage",
  })
}

function namedPlace(named: string, places: readonly FoundPlace[]): FoundPlace {
  const inFile = places.filter(({ file, role }) => file === named && role === undefined)
  const place = inFile.find(({ claim }) => claim !== undefined) ?? inFile[0]
  if (place !== undefined) return place
  throw new QuillonError({
    code: "SOURCE_WITHOUT_VERSION",
    message: `version.source says ${named}, which states no version that can be found`,
    next: "name a file that states one, or add the file to version.files with a pattern",
    kind: "usage",
  })
}
