import type { Spot } from "../place.js"
import type { NamedFile } from "../settings.js"

/** What matches `{version}` in a file that the settings name; a leading `v` stays outside. */
const VERSION = String.raw`(\d[\w.+!-]*\w|\d)`

/** Every place in the file where the pattern stands. */
export function namedFileSpots(text: string, { pattern, dialect }: NamedFile): readonly Spot[] {
  const [before = "", after = ""] = pattern.split("{version}")
  const search = new RegExp(`${escapeRegExp(before)}${VERSION}(?=${escapeRegExp(after)})`, "dg")
  return [...text.matchAll(search)].map((match) => ({
    name: pattern,
    offset: match.indices?.[1]?.[0] ?? match.index,
    text: match[1] ?? "",
    dialect,
  }))
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")
}
