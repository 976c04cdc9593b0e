import type { Tag } from "./facts.js"
import { readTagName, sortTags } from "./version/tags.js"
import { compareVersions, isPrerelease, toSemVer, type Version } from "./version/version.js"

/** A tag that is a version. */
export interface ReleaseTag extends Tag {
  readonly version: Version
  /** True where its release was abandoned: the version is used up, and the next release brings what it would have. */
  readonly abandoned: boolean
}

/** The tags of a repository, as far as releases are concerned. */
export interface ReleaseTags {
  /** Greatest version first. */
  readonly all: readonly ReleaseTag[]
  /** Those that the planned commit contains, greatest version first. */
  readonly reachable: readonly ReleaseTag[]
  /** Form of the next tag, with `{version}` in it. */
  readonly format: string
  /** One line for each thing that a person would want to know about them. */
  readonly remarks: readonly string[]
}

const BARE = "{version}"

/**
 * Sorts out which tags are versions, and says which are not. A project whose tags are bare versions goes on with
 * bare versions, although the settings' form has a prefix.
 */
export function readTags(tags: readonly Tag[], format: string, abandoned: readonly string[] = []): ReleaseTags {
  const byName = new Map(tags.map((tag) => [tag.name, tag]))
  const { versions, others } = sortTags(tags, format)
  const all = versions.flatMap(({ name, version }) => {
    const tag = byName.get(name)
    return tag === undefined ? [] : [{ ...tag, version, abandoned: abandoned.includes(toSemVer(version)) }]
  })
  const [newest] = all
  const bare = newest !== undefined && !isFramed(newest.name, format)
  return {
    all,
    reachable: all.filter(({ reachable }) => reachable),
    format: bare ? BARE : format,
    remarks: [
      ...(bare ? [`tags here are bare versions (${newest.name}), so the next one is, too`] : []),
      ...remarkOthers(others),
      ...remarkAbandoned(all),
    ],
  }
}

/** The tag of a version. */
export function tagOf(version: Version, format: string): string {
  return format.replace(BARE, () => toSemVer(version))
}

/** The newest final release that the planned commit contains and that was not abandoned: where unreleased commits begin. */
export function lastFinal(tags: readonly ReleaseTag[]): ReleaseTag | undefined {
  return tags.find(({ version, reachable, abandoned }) => reachable && !abandoned && !isPrerelease(version))
}

/** The tag after which the unreleased commits of a commit begin; null where they begin with the first one. */
export function chooseStart(tags: readonly Tag[], format: string, abandoned: readonly string[] = []): string | null {
  return lastFinal(readTags(tags, format, abandoned).all)?.name ?? null
}

/** True where the name has what stands around the version in the form. */
function isFramed(name: string, format: string): boolean {
  if (format === BARE) return true
  const version = readTagName(name, format)
  const [prefix = "", suffix = ""] = format.split(BARE)
  return version !== undefined && name.startsWith(prefix) && name.endsWith(suffix)
}

function remarkOthers(names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  const shown = names.slice(0, 3).join(", ")
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ""
  return [`${names.length === 1 ? "a tag is" : `${names.length} tags are`} no version and not counted: ${shown}${more}`]
}

/** Of abandoned releases only those matter that no release came after. */
function remarkAbandoned(all: readonly ReleaseTag[]): readonly string[] {
  const final = lastFinal(all)?.version
  return all
    .filter(({ abandoned, reachable }) => abandoned && reachable)
    .filter(({ version }) => final === undefined || compareVersions(version, final) > 0)
    .map(({ name }) => `${name} was abandoned: its version is used up, and what it brought is told now`)
}

/** Greater of two versions. */
export function greaterOf(a: Version, b: Version): Version {
  return compareVersions(a, b) >= 0 ? a : b
}
