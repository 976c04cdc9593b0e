import type { Spot } from "../place.js"

const KEYS = "org\\.opencontainers\\.image\\.version|org\\.label-schema\\.version|version"

/** Version labels of an image that a Dockerfile spells out; those that take a variable are the build's. */
export function dockerfileSpots(text: string): readonly Spot[] {
  const instruction = /^[ \t]*LABEL[ \t]+((?:\\\r?\n|[^\n])*)/gim
  return [...text.matchAll(instruction)].flatMap((label) => {
    const body = label[1] ?? ""
    const start = label.index + label[0].length - body.length
    const pair = new RegExp(
      `(?<=^|[\\s"'])(${KEYS})["']?(?:=|[ \\t]+)(?:"([^"\\\\\\r\\n]*)"|'([^'\\r\\n]*)'|([^\\s"'\\\\]+))(?=\\s|\\\\|$)`,
      "dg",
    )
    return [...body.matchAll(pair)].flatMap((match): Spot[] => {
      const group = [2, 3, 4].find((index) => match[index] !== undefined) ?? 2
      const value = match[group] ?? ""
      const [from] = match.indices?.[group] ?? [0]
      return value.includes("$") || !/\d/.test(value)
        ? []
        : [{ name: "image label", offset: start + from, text: value, dialect: "semver" }]
    })
  })
}
