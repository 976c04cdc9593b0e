import type { CellView, ReportModel } from "../../src/findings/report-model.js"
import { formatSeconds } from "../duration.js"
import { type Html, html } from "./html.js"
import { MARKS } from "./marks.js"
import type { RunPage } from "./run-page.js"
import { section } from "./section.js"
import { type Span, timelineOf } from "./timeline.js"

/** Units of a bar's width: the whole run. */
const UNITS = 1000
const TICKS = 4

/** When each cell ran, how long it waited, and which cells the run's length comes from; then those that did not run. */
export function timelineSection({ report }: RunPage, { cells }: Pick<ReportModel, "cells">): Html {
  const spans = timelineOf(report)
  const views = new Map(cells.map((cell) => [cell.address, cell]))
  const total = Math.max(report.seconds, ...spans.map(({ end }) => end), 0.001)
  const timed = new Set(spans.map(({ address }) => address))
  const untimed = cells.filter(({ address, report: { outcome } }) => !timed.has(address) && outcome !== "skipped")
  const idle = cells.filter(({ address, report: { outcome } }) => !timed.has(address) && outcome === "skipped")
  return section({ id: "cells", title: "Cells in time", count: cells.length }, [
    spans.length === 0 ? undefined : [legend(spans), axis(total)],
    html`<ol class="timeline">${spans.map((span) => row(views.get(span.address), span, total))}${untimed.map((view) => row(view, undefined, total))}</ol>`,
    idleList(idle),
  ])
}

function legend(spans: readonly Span[]): Html {
  const path = spans.filter(({ critical }) => critical)
  return html`<p>Critical path: <strong>${path.map(({ address }) => address).join(" → ")}</strong></p>
<p class="quiet legend"><svg class="key" width="26" height="10" aria-hidden="true"><rect class="run passed critical" x="1" y="1" width="24" height="8"/></svg> on the critical path <svg class="key" width="26" height="10" aria-hidden="true"><rect class="wait" x="0" y="4" width="26" height="2"/></svg> ready, waiting for its turn <svg class="key" width="26" height="10" aria-hidden="true"><rect class="run passed cached" x="1" y="1" width="24" height="8"/></svg> from the cache</p>`
}

function axis(total: number): Html {
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => formatSeconds((total * index) / TICKS))
  return html`<div class="row axis" aria-hidden="true"><span></span><span class="ticks">${ticks.map((tick) => html`<span>${tick}</span>`)}</span><span></span></div>`
}

function row(view: CellView | undefined, span: Span | undefined, total: number): Html | undefined {
  if (view === undefined) return undefined
  const { report, address, remark } = view
  const notes = [
    ...(report.cached === true ? ["cached"] : []),
    ...(report.attempts > 1 ? [`${report.attempts} attempts`] : []),
    ...(span?.critical ? ["critical path"] : []),
  ]
  return html`<li class="row${span?.critical ? " critical" : ""}" data-find><span class="address"><span class="mark ${report.outcome}" aria-hidden="true">${MARKS[report.outcome]}</span> ${address}<span class="hidden"> ${report.outcome}</span></span>${
    span === undefined ? html`<span></span>` : bar(span, total)
  }<span class="time">${formatSeconds(report.seconds)}</span><span class="quiet remark">${[...notes, ...(remark === "" ? [] : [remark])].join(" · ")}</span></li>
`
}

function bar({ cell, ready, start, end, critical }: Span, total: number): Html {
  const at = (seconds: number) => Math.round((seconds / total) * UNITS)
  const width = Math.max(3, at(end) - at(start))
  const kind = `${cell.outcome}${cell.cached === true ? " cached" : ""}${critical ? " critical" : ""}`
  return html`<svg class="bar" viewBox="0 0 ${UNITS} 14" preserveAspectRatio="none" aria-hidden="true"><rect class="wait" x="${at(ready)}" y="6" width="${Math.max(0, at(start) - at(ready))}" height="2"/><rect class="run ${kind}" x="${Math.min(at(start), UNITS - width)}" y="1" width="${width}" height="12"/></svg>`
}

function idleList(idle: readonly CellView[]): Html | undefined {
  if (idle.length === 0) return undefined
  return html`<details class="item"><summary>${idle.length} did not run</summary><ul>${idle.map(
    ({ address, remark }) => html`<li data-find><strong>${address}</strong> <span class="quiet">${remark}</span></li>`,
  )}</ul></details>`
}
