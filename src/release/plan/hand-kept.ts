import type { TextEdit } from "../facts.js"
import { spellingOf } from "../version/notation.js"
import { compareSpellings } from "../version/same-version.js"
import type { Truth } from "../version/truth.js"
import { isPrerelease, toSemVer, type Version } from "../version/version.js"

/** A release and what it edits. */
export interface Edited {
  readonly version: Version
  readonly edits: readonly TextEdit[]
}

/** Changelogs that lack the release's entry and that the release does not write: its gates demand it. Pure. */
export function handKeptRemarks({ places }: Pick<Truth, "places">, { version, edits }: Edited): readonly string[] {
  if (isPrerelease(version)) return []
  const name = toSemVer(version)
  return places
    .map(({ place }) => place)
    .filter(({ role, file }) => role === "changelog" && !edits.some(({ path }) => path === file))
    .filter((place) => compareSpellings(spellingOf(place), { text: name, dialect: "semver" }) !== 0)
    .map(
      ({ file, line, text }) =>
        `${file}:${line} ends at ${text} and is kept by hand: write its entry of ${name} and commit it, the release's gates demand it`,
    )
}
