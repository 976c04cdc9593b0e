import { cleanText } from "../../src/findings/clean-text.js"

/** Markup that was made by {@link html}: what came in as text is text in it. */
export interface Html {
  readonly markup: string
}

/** What can stand in a template; a list is joined, and nothing is shown of what is absent. */
export type HtmlValue = Html | string | number | readonly HtmlValue[] | undefined

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/** Markup with values in it. Every string among them is text, in an element as in a quoted attribute. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: parts.map((part, index) => part + markupOf(values[index])).join("") }
}

/** Markup as it is: of our own constants only, never of what a tool said. */
export function trustedHtml(markup: string): Html {
  return { markup }
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return ""
  if (typeof value === "number") return `${value}`
  if (typeof value === "string") return escapeHtml(value)
  if ("markup" in value) return value.markup
  return value.map(markupOf).join("")
}

/** Text for an element or a quoted attribute, without terminal escapes and without what turns its direction. */
function escapeHtml(text: string): string {
  return cleanText(text)
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "")
}
