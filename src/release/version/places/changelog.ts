import type { Spot } from "../place.js"

const VERSION = String.raw`\[?v?(\d+\.\d+(?:\.\d+)*(?:[-.]?(?:a|b|c|rc|alpha|beta|dev|post)[-.]?\d*)*)\]?(?![\w.])`
const WORDS = String.raw`(?:[A-Za-z][\w-]*[ \t]+){0,3}`

/** Markdown, reStructuredText with an underline, and plain lines: a version alone, or with its date. */
const HEADINGS = [
  String.raw`^#{1,4}[ \t]+${WORDS}${VERSION}([^\n]*)`,
  String.raw`^${WORDS}${VERSION}([^\n]*)\n[=\-~^*+#"]{3,}[ \t]*\r?$`,
  String.raw`^(?:Version[ \t]+|Release[ \t]+|\*\*)?${VERSION}((?:\*\*)?:?(?:[ \t]*[-–—(,][^\n]*)?)\r?$`,
].map((source) => new RegExp(source, "dgm"))

const UNRELEASED = /unreleased|not released|in development|in progress|xxxx|tbd|\?\?/i

/** The newest version that a changelog reports; a heading that says unreleased does not count. Never edited. */
export function changelogHead(text: string): Spot | undefined {
  const [head] = HEADINGS.flatMap((heading) => [...text.matchAll(heading)])
    .filter((match) => !UNRELEASED.test(match[2] ?? ""))
    .sort((a, b) => a.index - b.index)
  const [offset] = head?.indices?.[1] ?? [0]
  return head?.[1] === undefined
    ? undefined
    : { name: "newest changelog entry", offset, text: head[1], dialect: "semver" }
}
