import type { Spot } from "../place.js"

/**
 * What a Python regular expression with a group `version` finds in a text.
 *
 * @throws SyntaxError where the pattern is none that can be understood here.
 */
export function patternSpot(text: string, pattern: string): Spot | undefined {
  const flags = /^\(\?([aimsux]+)\)/.exec(pattern)
  const source = pattern
    .slice(flags?.[0].length ?? 0)
    .replaceAll("(?P<", "(?<")
    .replace(/\(\?P=(\w+)\)/g, "\\k<$1>")
  const match = new RegExp(source, `dm${flags?.[1]?.includes("i") ? "i" : ""}`).exec(text)
  const value = match?.groups?.version
  const [offset] = match?.indices?.groups?.version ?? [0]
  return value === undefined ? undefined : { name: "version pattern", offset, text: value }
}
