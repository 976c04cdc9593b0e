import { readIn } from "./dialect.js"
import type { Tag } from "./tag-facts.js"
import { compareVersions, isPrerelease, type Version } from "./version.js"

/** A tag that names a version. */
export interface VersionTag extends Tag {
  readonly version: Version
}

/** Tags told apart by whether they name a version of the domain. */
export interface SortedTags {
  /** Newest version first. */
  readonly versions: readonly VersionTag[]
  /** Names of the others, as they came. */
  readonly others: readonly string[]
}

/** Reads tag names by the format of the settings (`v{version}`), or as a bare version; SemVer and PEP 440 alike. */
export function sortTags(tags: readonly Tag[], format: string): SortedTags {
  const versions: VersionTag[] = []
  const others: string[] = []
  for (const tag of tags) {
    const version = readTagName(tag.name, format)
    if (version === undefined) others.push(tag.name)
    else versions.push({ ...tag, version })
  }
  return { versions: versions.sort((a, b) => compareVersions(b.version, a.version)), others }
}

/** The version that a tag's name carries; undefined when it carries none of the domain. */
export function readTagName(name: string, format: string): Version | undefined {
  const [before = "", after = ""] = format.split("{version}")
  const framed = name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length
  const texts = [...(framed ? [name.slice(before.length, name.length - after.length)] : []), name]
  for (const text of texts) {
    const read = /^\d/.test(text) ? readIn("semver", text) : undefined
    if (read?.kind === "version") return read.version
  }
  return undefined
}

/** Two tags of different final releases on the commit of the newest one: nobody can tell which was released. */
export function rivalOf({ versions }: SortedTags): VersionTag | undefined {
  const newest = versions[0]
  if (newest === undefined || isPrerelease(newest.version)) return undefined
  return versions.find(
    ({ commit, version }) =>
      commit === newest.commit && !isPrerelease(version) && compareVersions(version, newest.version) !== 0,
  )
}
