import type { ReportModel } from "../../src/findings/report-model.js"
import { formatSeconds } from "../duration.js"
import { type Html, html } from "./html.js"
import { MARKS, WORDS } from "./marks.js"
import type { RunPage } from "./run-page.js"
import type { ShownFindings } from "./shown-findings.js"

/** The top of the page: what the run came to, and its figures. */
export function headSection({ report, ended }: RunPage, model: ReportModel, shown: ShownFindings): Html {
  const outcome = ended ? report.outcome : "errored"
  const commit = model.facts.find(({ kind }) => kind === "commit")?.text
  return html`<header class="top"><p class="brand">Quillon report</p>
<h1>${model.title}</h1>
<p class="outcome ${outcome}"><span aria-hidden="true">${MARKS[outcome]}</span> ${ended ? WORDS[report.outcome] : "did not end"}</p>
${ended ? undefined : html`<p>The run was ended from outside, or still goes. This is what is known of it.</p>`}
<dl class="facts"><div><dt>Started</dt><dd><time datetime="${report.started}">${readable(report.started)}</time></dd></div><div><dt>Took</dt><dd>${formatSeconds(report.seconds)}</dd></div>${
    commit === undefined ? undefined : html`<div><dt>Commit</dt><dd><code>${commit}</code></dd></div>`
  }<div><dt>Run</dt><dd><code>${report.id}</code></dd></div></dl>
<ul class="figures">${figuresOf(model, shown).map(({ count, what, tint }) => html`<li class="${tint}"><strong>${count}</strong> ${what}</li>`)}</ul>
${baselineOf(model)}</header>
`
}

interface Figure {
  readonly count: number | string
  readonly what: string
  readonly tint: string
}

function figuresOf({ cells }: ReportModel, { tests, others }: ShownFindings): readonly Figure[] {
  const of = (outcome: string) => cells.filter(({ report }) => report.outcome === outcome).length
  const counts = cells.flatMap(({ report: { measures } }) => (measures.tests === undefined ? [] : [measures.tests]))
  const ran = counts.reduce<number>((sum, each) => sum + passedOf(each), 0)
  const cached = cells.filter(({ report }) => report.cached === true).length
  const figures = [
    { count: of("passed"), what: "passed", tint: "passed" },
    { count: of("failed"), what: "failed", tint: "failed" },
    { count: of("errored"), what: "could not look", tint: "errored" },
    { count: of("skipped"), what: "did not run", tint: "skipped" },
    { count: cached, what: "cached", tint: "skipped" },
    { count: ran, what: "tests passed", tint: "passed" },
    { count: tests.length, what: tests.length === 1 ? "test failing" : "tests failing", tint: "failed" },
    { count: others.length, what: others.length === 1 ? "finding" : "findings", tint: "errored" },
  ]
  return figures.filter(({ count }) => count !== 0)
}

function passedOf(counts: unknown): number {
  const passed = typeof counts === "object" && counts !== null && "passed" in counts ? counts.passed : 0
  return typeof passed === "number" ? passed : 0
}

function baselineOf({ baseline }: ReportModel): Html | undefined {
  if (baseline === undefined) return undefined
  const stale = baseline.stale === 0 ? "" : ` ${baseline.stale} of them are no longer there: quillon baseline shrink.`
  return html`<p class="quiet">The baseline ${baseline.file} passed over ${baseline.known} of its ${baseline.entries} findings.${stale}</p>`
}

/** A time as people read it; the page's language is English, and it is UTC wherever it is opened. */
function readable(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}
