import type { Spot } from "../place.js"

/** A plain or quoted scalar of a top-level key in YAML, on the key's own line. */
export function yamlScalar(text: string, key: string): Omit<Spot, "name"> | undefined {
  const pair = new RegExp(
    `^${key}[ \\t]*:[ \\t]+(?:"([^"\\\\\\r\\n]+)"|'([^'\\r\\n]+)'|([^\\s"'#&*!|>{[][^\\s#]*))[ \\t]*(?:#.*)?\\r?$`,
    "dm",
  )
  const match = pair.exec(text)
  const group = [1, 2, 3].find((index) => match?.[index] !== undefined)
  if (match === null || group === undefined) return undefined
  const [offset] = match.indices?.[group] ?? [0]
  return { offset, text: match[group] ?? "" }
}
