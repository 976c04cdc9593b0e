import { readTags } from "../../src/release/tags.js"
import { isPrerelease, toSemVer } from "../../src/release/version/version.js"
import type { GitTag } from "../../src/targets/git-facts.js"
import type { PastRelease } from "./rebuild-changelog.js"

/** The final releases that a commit contains, newest first. */
export function pastReleases(tags: readonly GitTag[], format: string): readonly PastRelease[] {
  const finals = readTags(tags, format).reachable.filter(({ version }) => !isPrerelease(version))
  return finals.map(({ commit, name, version }, index) => ({
    commit,
    tag: name,
    version: toSemVer(version),
    previousTag: finals[index + 1]?.name ?? null,
  }))
}
