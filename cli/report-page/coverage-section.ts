import { type Html, html } from "./html.js"
import type { CoveredFile } from "./read-lcov.js"
import type { RunPage } from "./run-page.js"
import { section } from "./section.js"
import { moreOf } from "./tests-section.js"

const FILES_SHOWN = 1_000
const RANGES_SHOWN = 60

/** What the tests ran of each file, the least covered first. */
export function coverageSection({ report, coverage }: RunPage): Html | undefined {
  const total = report.cells.map(({ measures }) => measures.percent).find((percent) => typeof percent === "number")
  const files = coverage.filter(({ lines }) => lines > 0).toSorted((a, b) => shareOf(a) - shareOf(b))
  if (files.length === 0 && total === undefined) return undefined
  const whole = files.filter((file) => file.missing.length === 0 && file.missedBranches === 0)
  const partly = files.filter((file) => !whole.includes(file))
  return section({ id: "coverage", title: "Coverage" }, [
    html`<p>${total === undefined ? undefined : html`<strong class="figure">${percentOf(Number(total))}</strong> of all. `}${files.length === 0 ? "The run kept no trace file to show it by file." : `${whole.length} of ${files.length} files are covered whole.`}</p>`,
    partly.length === 0
      ? undefined
      : html`<div class="scroll" tabindex="0" role="region" aria-label="Table: coverage by file"><table><thead><tr><th scope="col">File</th><th scope="col" class="number">Covered</th><th scope="col">Lines that no test ran</th></tr></thead><tbody>
${partly.slice(0, FILES_SHOWN).map(fileRow)}</tbody></table></div>`,
    moreOf(Math.max(0, partly.length - FILES_SHOWN), "files"),
  ])
}

function fileRow(file: CoveredFile): Html {
  const width = Math.round(shareOf(file) * 100)
  const ranges = file.missing
    .slice(0, RANGES_SHOWN)
    .map(([first, last]) => (first === last ? first : `${first}–${last}`))
  const branches = file.missedBranches === 0 ? [] : [`${file.missedBranches} branches not taken`]
  const cut = file.missing.length > RANGES_SHOWN ? ["…"] : []
  return html`<tr data-find><th scope="row">${file.file}</th><td class="number">${percentOf(shareOf(file) * 100)}<svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="4"/><rect class="covered" width="${width}" height="4"/></svg></td><td class="lines">${[...ranges, ...cut].join(", ")}${branches.length === 0 ? undefined : html` <span class="quiet">${branches.join("")}</span>`}</td></tr>
`
}

function shareOf({ covered, lines }: CoveredFile): number {
  return covered / lines
}

/** Never rounded up to 100: only what is covered whole is. */
function percentOf(percent: number): string {
  return percent === 100 ? "100 %" : `${(Math.floor(percent * 10) / 10).toFixed(1)} %`
}
