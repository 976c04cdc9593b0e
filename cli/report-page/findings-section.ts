import { groupBy } from "../group-by.js"
import type { MergedFinding } from "../merged-findings.js"
import { createDetails } from "./detail.js"
import { type Html, html } from "./html.js"
import { createRoom, type Room } from "./room.js"
import { section } from "./section.js"
import { moreOf } from "./tests-section.js"

type Finding = MergedFinding["finding"]

const ROW_ROOM = 2_000_000
const DETAIL_ROOM = 500_000
/** Files of which the findings are seen at once. */
const OPEN_FILES = 3
const OPEN_FINDINGS = 30

/** What tools found, by file, with the source where the run kept it. */
export function findingsSection(findings: readonly MergedFinding[]): Html | undefined {
  if (findings.length === 0) return undefined
  const room = createRoom(ROW_ROOM)
  const details = createDetails(createRoom(DETAIL_ROOM))
  const files = groupBy(findings, ({ finding }) => finding.file ?? "")
  let left = 0
  const groups = files.map((own, index) => {
    const rows = own.flatMap((each) => {
      const row = rowOf(each, room)
      if (row === undefined) left += 1
      const { detail } = each.finding
      return row === undefined
        ? []
        : [html`<li data-find>${row}${detail === undefined ? undefined : details.show(detail)}</li>\n`]
    })
    if (rows.length === 0) return undefined
    const open = index < OPEN_FILES && own.length <= OPEN_FINDINGS ? html` open` : undefined
    const file = own[0]?.finding.file
    return html`<details class="item file"${open}><summary><span class="name">${file ?? "Not in a file"}</span> <span class="count">${own.length}</span> <span class="quiet rules">${rulesOf(own)}</span></summary>
<ul>${rows}</ul></details>
`
  })
  return section({ id: "findings", title: "Findings", count: findings.length }, [groups, moreOf(left, "findings")])
}

const RULES_SHOWN = 3

function rulesOf(own: readonly MergedFinding[]): string {
  const rules = groupBy(own, ({ finding }) => finding.rule).toSorted((a, b) => b.length - a.length)
  const shown = rules.slice(0, RULES_SHOWN).map((same) => `${same[0]?.finding.rule} ×${same.length}`)
  return [...shown, ...(rules.length > RULES_SHOWN ? ["…"] : [])].join(", ")
}

function rowOf({ finding, only }: MergedFinding, room: Room): Html | undefined {
  const { tool, rule, severity, message, line, column } = finding
  const row = html`<p class="finding"><span class="where">${line === undefined ? undefined : `${line}${column === undefined ? "" : `:${column}`}`}</span> <span class="severity ${severity}">${severity}</span> <span class="said">${message}</span> <span class="rule">${tool} ${ruleOf(finding, rule)}</span>${only.map((key) => html` <span class="tag">${key}</span>`)}</p>${adviceOf(finding)}${excerptOf(finding)}`
  return room.take(row.markup.length) ? row : undefined
}

/** A rule leads to the page that explains it, which is on the network: only a click goes there. */
function ruleOf({ help }: Finding, rule: string): Html | string {
  const page = pageOf(help)
  return page === undefined ? rule : html`<a href="${page}" rel="noreferrer noopener" target="_blank">${rule}</a>`
}

function pageOf(help: string | undefined): string | undefined {
  return help !== undefined && /^https?:\/\/\S+$/.test(help) && URL.canParse(help) ? help : undefined
}

function adviceOf({ help }: Finding): Html | undefined {
  return help === undefined || pageOf(help) !== undefined ? undefined : html`<p class="next">Next: ${help}</p>`
}

function excerptOf({ excerpt, line, column }: Finding): Html | undefined {
  if (excerpt === undefined) return undefined
  const rows = excerpt.lines.map((text, index) => {
    const number = excerpt.first + index
    const row = html`<span class="number">${`${number}`.padStart(5)}</span> ${text}`
    return number === line ? html`<span class="here">${row}</span>${caretOf(text, column)}` : html`${row}\n`
  })
  return html`<pre class="excerpt" tabindex="0"><code>${rows}</code></pre>`
}

/** A sign below the column, where it is one of the line; a tab before it stays one. */
function caretOf(text: string, column: number | undefined): Html | undefined {
  if (column === undefined || column > text.length) return undefined
  return html`<span class="caret" aria-hidden="true">      ${text.slice(0, column - 1).replace(/[^\t]/g, " ")}^</span>`
}
