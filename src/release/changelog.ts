/** A changelog taken apart at the headings of its releases. Joined again it is what it was, byte for byte. */
export interface Changelog {
  /** Everything above the first release. */
  readonly preamble: string
  readonly sections: readonly ChangelogSection[]
}

/** One release in a changelog, or what is not released yet. */
export interface ChangelogSection {
  /** The version as the heading spells it, without `v`; `unreleased` for the section of that name. */
  readonly name: string
  /** The heading and everything below it. */
  readonly text: string
}

const RELEASE = /^#{1,3}\s+(?:version\s+|release\s+)?\[?v?(\d+(?:\.\d+)+[\w.+-]*|unreleased)\]?(?=[\s(:,]|$)/i
const FENCE = /^\s*(?:```|~~~)/
const NEW_FILE = "# Changelog\n\n"

/** Takes a changelog apart; headings inside fenced code are none. */
export function readChangelog(text: string): Changelog {
  let preamble = ""
  let fenced = false
  const sections: { name: string; text: string }[] = []
  for (const line of text.split(/(?<=\n)/)) {
    if (FENCE.test(line)) fenced = !fenced
    const name = fenced ? undefined : RELEASE.exec(line)?.[1]?.toLowerCase()
    if (name !== undefined) sections.push({ name, text: line })
    else {
      const last = sections.at(-1)
      if (last === undefined) preamble += line
      else last.text += line
    }
  }
  return { preamble, sections }
}

/** What people wrote by hand under "Unreleased", without the heading; empty where there is nothing. */
export function unreleasedText(text: string): string {
  return readChangelog(text)
    .sections.filter(({ name }) => name === "unreleased")
    .map((section) =>
      section.text
        .replace(/^.*\n?/, "")
        .replaceAll("\r\n", "\n")
        .trim(),
    )
    .filter((written) => written !== "")
    .join("\n\n")
}

/**
 * Puts the section of a new release above the others. What was written by hand stays, byte for byte; text under
 * "Unreleased" moves into the new section, above what was made from commits, and its heading stays for the next.
 *
 * @param text the file as it is; undefined where there is none
 */
export function addRelease(text: string | undefined, section: string): string {
  const newline = text?.includes("\r\n") ? "\r\n" : "\n"
  const { preamble, sections } = readChangelog(text ?? NEW_FILE)
  const written = withHandwritten(section, unreleasedText(text ?? "")).replaceAll("\n", newline)
  const above = sections
    .filter(({ name }) => name === "unreleased")
    .map((each) => `${each.text.match(/^.*/)?.[0]?.trimEnd() ?? ""}${newline}${newline}`)
  const below = sections.filter(({ name }) => name !== "unreleased").map((each) => each.text)
  return [closed(preamble, newline), ...above, written, ...(below.length === 0 ? [] : [newline, ...below])].join("")
}

/** A section with hand-written text between its heading and what was made from commits. */
export function withHandwritten(section: string, handwritten: string): string {
  if (handwritten === "") return section
  const [heading = "", ...rest] = section.split("\n")
  const made = rest.join("\n").replace(/^\n+/, "")
  return `${heading}\n\n${handwritten}\n${made === "" ? "" : `\n${made}`}`
}

/**
 * Adds each made section whose release the changelog lacks, in its place; nothing that stands there is changed.
 *
 * @param made newest first
 */
export function fillReleases(text: string | undefined, made: readonly ChangelogSection[]): string {
  const { preamble, sections } = readChangelog(text ?? NEW_FILE)
  const newline = text?.includes("\r\n") ? "\r\n" : "\n"
  const known = new Set(sections.map(({ name }) => name))
  const result = [...sections]
  let place = result.findIndex(({ name }) => name !== "unreleased")
  if (place < 0) place = result.length
  for (const { name, text: each } of made) {
    const found = result.findIndex((section) => section.name === name)
    if (known.has(name)) place = Math.max(place, found + 1)
    else result.splice(place++, 0, { name, text: each.replaceAll("\n", newline) })
  }
  return result.reduce((whole, { text: each }) => closed(whole, newline) + each, preamble)
}

/** The text with a blank line at its end, so that a heading can follow. */
function closed(text: string, newline: string): string {
  if (text === "" || text.endsWith(newline + newline)) return text
  return text + (text.endsWith(newline) ? newline : newline + newline)
}
