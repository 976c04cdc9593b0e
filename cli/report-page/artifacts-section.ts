import { type Html, html } from "./html.js"
import type { RunPage } from "./run-page.js"
import { section } from "./section.js"
import { moreOf } from "./tests-section.js"

const SHOWN = 1_000

/** What the run left, with digests that tell whether a file is the same. */
export function artifactsSection({ report }: RunPage): Html | undefined {
  const all = report.cells.flatMap(({ artifacts }) => artifacts)
  if (all.length === 0) return undefined
  return section({ id: "artifacts", title: "Artifacts", count: all.length }, [
    html`<details class="item"${all.length <= 20 ? html` open` : undefined}><summary>Files with sizes and digests, in the run's folder</summary><div class="scroll" tabindex="0" role="region" aria-label="Table: artifacts"><table><thead><tr><th scope="col">File</th><th scope="col" class="number">Size</th><th scope="col">sha256</th></tr></thead><tbody>
${all
  .slice(0, SHOWN)
  .map(
    ({ path, bytes, sha256 }) =>
      html`<tr data-find><th scope="row">${path.replace(/^artifacts\//, "")}</th><td class="number">${sizeOf(bytes)}</td><td class="digest">${sha256}</td></tr>\n`,
  )}</tbody></table></div></details>`,
    moreOf(Math.max(0, all.length - SHOWN), "artifacts"),
  ])
}

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
