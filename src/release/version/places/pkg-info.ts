import type { Spot } from "../place.js"

/** The `Version` field of core metadata: `PKG-INFO` of an sdist, `METADATA` of a wheel. */
export function metadataSpots(text: string): readonly Spot[] {
  const head = text.split(/\r?\n\r?\n/, 1)[0] ?? ""
  const match = /^Version:[ \t]*(\S+)[ \t]*\r?$/dim.exec(head)
  const [offset] = match?.indices?.[1] ?? [0]
  return match?.[1] === undefined ? [] : [{ name: "sdist metadata", offset, text: match[1] }]
}
