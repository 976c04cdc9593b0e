import { type Dialect, readIn, writeIn } from "./dialect.js"
import type { Place } from "./place.js"
import { type Refusal, refuse } from "./refusal.js"
import type { Spelling } from "./same-version.js"

/** The version that a place means, without its notation: a tuple's numbers joined by dots. */
export function spellingOf({ text, dialect, notation }: Pick<Place, "text" | "dialect" | "notation">): Spelling {
  if (notation !== "tuple") return { text, dialect }
  return { text: [...text.matchAll(/\d+/g)].join("."), dialect }
}

/**
 * The text that a place must hold to say a version: as the source spells it where both have the same dialect.
 * Refused where the place can't say it.
 */
export function textFor(place: Pick<Place, "text" | "dialect" | "notation">, wanted: Spelling): string | Refusal {
  const read = readIn(wanted.dialect, wanted.text)
  if (place.notation === "whole" && place.dialect === wanted.dialect) return wanted.text
  if (read.kind === "refused")
    return place.notation === "whole" && readsAlike(place.dialect, wanted) ? wanted.text : read
  const { version } = read
  switch (place.notation) {
    case "whole":
      return writeIn(place.dialect, version)
    case "major.minor":
      return `${version.major}.${version.minor}`
    case "tuple": {
      if (version.pre !== undefined) return refuse(wanted.text, "pre-release-label")
      const numbers = [version.major, version.minor, version.patch]
      return place.text.replace(/\d+/g, () => String(numbers.shift()))
    }
  }
}

/** Python's own versions (post-releases and the like) may stand in a file that Python reads. */
function readsAlike(dialect: Dialect, wanted: Spelling): boolean {
  return dialect === "pep440" && wanted.dialect === "pep440"
}
