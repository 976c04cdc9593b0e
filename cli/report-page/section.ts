import { type Html, type HtmlValue, html } from "./html.js"

/** A part of the page with a heading that a link can lead to. */
export interface SectionHead {
  readonly id: string
  readonly title: string
  readonly count?: number
}

/** A section of the page. */
export function section({ id, title, count }: SectionHead, content: HtmlValue): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}${count === undefined ? undefined : html` <span class="count">${count}</span>`}</h2>
${content}</section>
`
}
