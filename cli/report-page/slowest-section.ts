import { z } from "zod"
import { addressOf } from "../../src/pipeline/cell.js"
import { formatSeconds } from "../duration.js"
import { type Html, html } from "./html.js"
import type { RunPage } from "./run-page.js"
import { section } from "./section.js"

const SHOWN = 15

const slowest = z.array(z.tuple([z.string(), z.number()]))

/** The tests that took longest, each in the cell in which it did. */
export function slowestSection({ report }: RunPage): Html | undefined {
  const worst = new Map<string, { readonly seconds: number; readonly address: string }>()
  for (const cell of report.cells) {
    const own = slowest.safeParse(cell.measures.slowest)
    for (const [test, seconds] of own.success ? own.data : []) {
      if (seconds > (worst.get(test)?.seconds ?? 0)) {
        worst.set(test, { seconds, address: addressOf(cell.stage, { key: cell.cell }) })
      }
    }
  }
  const shown = [...worst].sort(([, a], [, b]) => b.seconds - a.seconds).slice(0, SHOWN)
  if (shown.length === 0) return undefined
  return section(
    { id: "slowest", title: "Slowest tests" },
    html`<div class="scroll" tabindex="0" role="region" aria-label="Table: slowest tests"><table><thead><tr><th scope="col">Test</th><th scope="col">In</th><th scope="col" class="number">Time</th></tr></thead><tbody>
${shown.map(([test, { seconds, address }]) => html`<tr data-find><th scope="row">${test}</th><td>${address}</td><td class="number">${seconds < 0.05 ? `${Math.round(seconds * 1000)} ms` : formatSeconds(seconds)}</td></tr>\n`)}</tbody></table></div>`,
  )
}
