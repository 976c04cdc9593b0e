import { expect, test } from "vitest"
import { html } from "../../../cli/report-page/html.js"

test.each([
  ["markup", "<b>&</b>", "&lt;b&gt;&amp;&lt;/b&gt;"],
  ["both quotes", `"'`, "&quot;&#39;"],
  ["terminal escapes and turned directions", "a\u001b[31mb\u202ec\u0000", "abc"],
  ["half of a character", "a\ud800b", "a\ufffdb"],
])("%s in a value is text", (_, value, markup) => {
  expect(html`<p title="${value}">${value}</p>`.markup).toBe(`<p title="${markup}">${markup}</p>`)
})

test("templates nest, lists are joined, and what is absent shows nothing", () => {
  expect(html`${[html`<i>1</i>`, "<", 2]}${undefined}`.markup).toBe("<i>1</i>&lt;2")
})
