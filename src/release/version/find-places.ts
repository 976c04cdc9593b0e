import { declaredEncoding } from "../../project/decode-text.js"
import type { VersionFacts } from "./facts.js"
import { findLocks } from "./find-locks.js"
import { findMetadata } from "./find-metadata.js"
import { findModules } from "./find-modules.js"
import { findRepeats } from "./find-repeats.js"
import { CLAIMS, type Found, type FoundPlace, joinFound, type Trouble } from "./found.js"

/** Finds every place of the version in a project's files, the source's candidates first. Pure. */
export function findPlaces(facts: VersionFacts): Found {
  const { places, troubles } = joinFound(findMetadata(facts), findModules(facts), findLocks(facts), findRepeats(facts))
  const meant = facts.subject.fromTag ? places.filter((place) => !isPlaceholder(place)) : places
  // An edit is written as UTF-8, which such a file is not.
  const foreign = new Set(meant.map(({ file }) => file).filter((file) => isForeign(facts, file)))
  const kept = meant.filter(({ file }) => !foreign.has(file))
  const unread = [...facts.unreadable, ...foreign].map(notText)
  return { places: [...distinct(kept)].sort(byClaim), troubles: [...troubles, ...unread] }
}

function isForeign({ texts }: VersionFacts, file: string): boolean {
  return file.endsWith(".py") && declaredEncoding(texts.get(file)?.text ?? "") !== undefined
}

/** Where the build takes the version from the tag, the zeros that stand in files are filled in by it. */
function isPlaceholder({ text }: FoundPlace): boolean {
  return /^0(?:\.0)*(?:\.?(?:dev|post)\d*)?(?:\+.*)?$/.test(text)
}

/** One place may be found as what the backend reads and as what a module says; the stronger claim stays. */
function distinct(places: readonly FoundPlace[]): readonly FoundPlace[] {
  const byPosition = new Map<string, FoundPlace>()
  for (const place of places) {
    const key = `${place.file}\0${place.offset}`
    const known = byPosition.get(key)
    if (known === undefined) byPosition.set(key, place)
    else if (known.claim === undefined && place.claim !== undefined)
      byPosition.set(key, { ...known, claim: place.claim })
  }
  return [...byPosition.values()]
}

const rank = ({ claim }: FoundPlace): number => (claim === undefined ? CLAIMS.length : CLAIMS.indexOf(claim))

const byClaim = (a: FoundPlace, b: FoundPlace): number => rank(a) - rank(b)

function notText(file: string): Trouble {
  return { file, message: "is not UTF-8 text", next: `store ${file} as UTF-8` }
}
