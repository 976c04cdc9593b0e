import type { MergedFinding } from "../merged-findings.js"
import { createDetails } from "./detail.js"
import { type Html, html } from "./html.js"
import { createRoom } from "./room.js"
import { section } from "./section.js"

const DETAIL_ROOM = 1_200_000
const ROW_ROOM = 700_000
const OPEN = 5

/** Failing tests with their output, the first of them open. */
export function testsSection(tests: readonly MergedFinding[]): Html | undefined {
  if (tests.length === 0) return undefined
  const details = createDetails(createRoom(DETAIL_ROOM))
  const room = createRoom(ROW_ROOM)
  const rows = tests.map((test, index) => {
    const { finding, only } = test
    if (!room.take(400 + 2 * finding.message.length)) return undefined
    const said = nameless(finding)
    return html`<details class="item test" data-find${index < OPEN ? html` open` : undefined}><summary><span class="mark failed" aria-hidden="true">✗</span> <span class="name">${finding.subject ?? finding.message}</span>${only.map((key) => html` <span class="tag">${key}</span>`)}</summary>
<div class="body">${said === undefined ? undefined : html`<p class="said">${said}</p>`}${placeOf(finding)}${
      finding.help === undefined ? undefined : html`<p class="next">Next: ${finding.help}</p>`
    }${finding.detail === undefined ? undefined : details.show(finding.detail)}</div></details>
`
  })
  const left = rows.filter((row) => row === undefined).length
  return section({ id: "tests", title: "Failing tests", count: tests.length }, [rows, moreOf(left, "failing tests")])
}

/** Says that not all is on the page. */
export function moreOf(left: number, what: string): Html | undefined {
  return left === 0 ? undefined : html`<p class="quiet">And ${left} more ${what}, all in report.json.</p>`
}

/** A test's message begins with the test. */
function nameless({ subject, message }: MergedFinding["finding"]): string | undefined {
  if (subject === undefined) return undefined
  return message.startsWith(`${subject}: `) ? message.slice(subject.length + 2) : message
}

function placeOf({ file, line }: MergedFinding["finding"]): Html | undefined {
  if (file === undefined) return undefined
  return html`<p class="quiet place">${file}${line === undefined ? undefined : `:${line}`}</p>`
}
