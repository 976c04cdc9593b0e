import type { Spot } from "../place.js"

const VERSION = String.raw`\[?v?(\d+\.\d+(?:\.\d+)*(?:[-.]?(?:a|b|c|rc|alpha|beta|dev|post)[-.]?\d*)*)\]?`
const MARKDOWN = new RegExp(String.raw`^#{1,3}[ \t]+(?:[A-Za-z][\w-]*[ \t]+)?${VERSION}(?![\w.])([^\n]*)`, "dgm")
const UNDERLINED = new RegExp(
  String.raw`^(?:[A-Za-z][\w-]*[ \t]+)?${VERSION}(?![\w.])([^\n]*)\n[=\-~^*+#"]{3,}[ \t]*\r?$`,
  "dgm",
)

/** The newest version that a changelog reports; a heading that says unreleased does not count. Never edited. */
export function changelogHead(text: string): Spot | undefined {
  const heads = [...text.matchAll(MARKDOWN), ...text.matchAll(UNDERLINED)]
    .filter((match) => !/unreleased|not released|in development|xxxx|tbd|\?\?/i.test(match[2] ?? ""))
    .sort((a, b) => a.index - b.index)
  const [head] = heads
  const [offset] = head?.indices?.[1] ?? [0]
  return head?.[1] === undefined ? undefined : { name: "newest entry", offset, text: head[1], dialect: "semver" }
}
