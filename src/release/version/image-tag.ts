import type { Refusal } from "./refusal.js"
import { type Read, readSemVer } from "./semver-text.js"
import { isPrerelease, toSemVer, type Version } from "./version.js"

/** The tag of an image of exactly this version: its SemVer text, which every registry takes. */
export function toImageTag(version: Version): string {
  return toSemVer(version)
}

/** Reads an image tag that {@link toImageTag} wrote; floating tags are refused. */
export function readImageTag(tag: string): Read | Refusal {
  return readSemVer(tag)
}

/** Tags that a final release may move, narrowest first; a pre-release moves none, and `0` promises nothing. */
export function floatingImageTags(version: Version): readonly string[] {
  if (isPrerelease(version)) return []
  const { major, minor } = version
  return [`${major}.${minor}`, ...(major === 0 ? [] : [`${major}`]), "latest"]
}
