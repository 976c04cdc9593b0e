import type { CellView } from "../../src/findings/report-model.js"
import { groupBy } from "../group-by.js"
import { createDetails } from "./detail.js"
import { type Html, html } from "./html.js"
import { MARKS } from "./marks.js"
import { createRoom } from "./room.js"
import type { RunPage } from "./run-page.js"
import { section } from "./section.js"

const DETAIL_ROOM = 300_000
const LOG_ROOM = 500_000

/** What went wrong, cell by cell, with the next thing to type. Cells with one trouble are one. */
export function troubleSection(wrong: readonly CellView[], { logs }: Pick<RunPage, "logs">): Html | undefined {
  if (wrong.length === 0) return undefined
  const details = createDetails(createRoom(DETAIL_ROOM))
  const room = createRoom(LOG_ROOM)
  const groups = groupBy(wrong, ({ report: { stage, outcome, detail, next }, remark }) =>
    JSON.stringify([outcome === "failed" ? stage : "", outcome, remark, detail, next]),
  )
  return section(
    { id: "trouble", title: "What went wrong" },
    groups.map((cells) => {
      const [first] = cells
      if (first === undefined) return undefined
      const { outcome, next, detail, gate } = first.report
      const own = logs.filter(({ title }) => cells.some(({ address }) => title.startsWith(`${address} `)))
      return html`<article class="card trouble ${outcome}"><h3><span class="mark" aria-hidden="true">${MARKS[outcome]}</span> ${cells.map(({ address }) => address).join(", ")}</h3>
<p>${first.remark}</p>${gate === undefined ? undefined : html`<p class="quiet">The gate demands: ${gate.demands}.</p>`}${
        next === undefined ? undefined : html`<p class="next">Next: <code>${next}</code></p>`
      }${detail === undefined ? undefined : details.show(detail)}${own.map((log) =>
        room.take(log.text.length)
          ? html`<details class="log"><summary>Log of ${log.title}</summary><pre tabindex="0"><code>${log.text}</code></pre></details>`
          : undefined,
      )}</article>
`
    }),
  )
}
