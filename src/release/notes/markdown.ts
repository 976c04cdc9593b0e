import { type Forge, issueUrl } from "./forge.js"

/**
 * A commit's subject as Markdown that shows what its author typed: `__init__` is not bold, `@property` calls no
 * stranger of that name, `<T>` is no tag; `#12` becomes a link. What stands in backticks is left alone.
 */
export function subjectMarkdown(subject: string, forge: Forge | null): string {
  return subject
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : plain(part, forge)))
    .join("")
}

/** Text of an author that may have several paragraphs, indented below a list item. */
export function paragraphsMarkdown(text: string, forge: Forge | null): string {
  const [first = "", ...rest] = text.split("\n").map((line) => subjectMarkdown(line, forge))
  return [first, ...rest.map((line) => (line.trim() === "" ? "" : `  ${line}`))].join("\n")
}

function plain(text: string, forge: Forge | null): string {
  return text
    .replaceAll(/[\\*<]|_(?=_)|(?<=_)_|\[(?=[^\]]*\]\()/g, "\\$&")
    .replaceAll(/(?<![\w/.@-])@[\w-]+/g, "`$&`")
    .replaceAll(/(?<![\w/&])#(\d+)\b/g, (name, issue: string) =>
      forge === null ? name : `[${name}](${issueUrl(forge, { issue })})`,
    )
}
