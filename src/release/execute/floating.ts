import { readImageTag } from "../version/image-tag.js"
import { readSemVer } from "../version/semver-text.js"
import { compareVersions, isPrerelease, toSemVer, type Version } from "../version/version.js"

/**
 * The released version because of which a floating tag must not be moved, since it would go backwards; undefined where
 * it may be. Decided from what the registry holds, so that a fix of an old line does not become `latest`.
 *
 * @param tag `1.2`, `1` or `latest`
 * @param semver the version that wants it
 * @param held all tags of the repository
 */
export function newerHolder(tag: string, semver: string, held: readonly string[]): string | undefined {
  const wanting = read(semver)
  if (wanting === undefined) return undefined
  const rivals = held
    .flatMap((name) => {
      const found = readImageTag(name)
      return "version" in found ? [found.version] : []
    })
    .filter((version) => !isPrerelease(version) && inLine(tag, version) && compareVersions(version, wanting) > 0)
    .sort(compareVersions)
  const newest = rivals.at(-1)
  return newest === undefined ? undefined : toSemVer(newest)
}

function inLine(tag: string, { major, minor }: Version): boolean {
  return tag === "latest" || tag === `${major}` || tag === `${major}.${minor}`
}

function read(semver: string): Version | undefined {
  const found = readSemVer(semver)
  return "version" in found ? found.version : undefined
}
