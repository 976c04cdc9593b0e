import { groupBy } from "../group-by.js"
import { type Html, html } from "./html.js"
import type { RunPage } from "./run-page.js"
import { section } from "./section.js"

/** With which tools, images and engine the run came to what it says. */
export function versionsSection({ report }: RunPage): Html {
  const uses = report.cells.flatMap(({ stage, tools }) => tools.map((tool) => ({ ...tool, stage })))
  const tools = groupBy(uses, ({ name, version }) => `${name}\n${version}`).toSorted((a, b) =>
    (a[0]?.name ?? "").localeCompare(b[0]?.name ?? ""),
  )
  return section(
    { id: "versions", title: "Versions" },
    html`<div class="scroll" tabindex="0" role="region" aria-label="Table: versions of tools and images"><table><thead><tr><th scope="col">What</th><th scope="col">Version</th><th scope="col">Where from, what for</th></tr></thead><tbody>
<tr><th scope="row">Dagger engine</th><td>${report.engine.version}</td><td class="quiet">${report.engine.host}</td></tr>
${report.images.map(({ name, digest, origin }) => html`<tr><th scope="row">${name}</th><td class="digest">${digest}</td><td class="quiet">${origin}</td></tr>\n`)}${tools.map((same) => html`<tr><th scope="row">${same[0]?.name}</th><td>${same[0]?.version}</td><td class="quiet">${[...new Set(same.map(({ stage }) => stage))].join(", ")}</td></tr>\n`)}</tbody></table></div>`,
  )
}
