import type { BaselineEntry } from "./baseline.js"
import type { Finding } from "./finding.js"
import { nameFindings } from "./name-findings.js"
import type { LineOf } from "./source-lines.js"

/** What a stage's findings are compared with. */
export interface Accepted {
  /** The baseline's entries of this stage. */
  readonly entries: readonly BaselineEntry[]
  readonly lineOf: LineOf
  /** Files of entries that are no longer in the project: they may have been renamed. */
  readonly gone: readonly string[]
}

/**
 * Marks the findings that the baseline has. Where a file is gone, its entries are looked for in the one file whose new
 * findings are most like them: a renamed file brings no new finding. Pure.
 */
export function markBaselined(findings: readonly Finding[], { entries, lineOf, gone }: Accepted): readonly Finding[] {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint))
  const marks = new Map(findings.filter((each) => known.has(each.fingerprint)).map((each) => [each, each.fingerprint]))
  for (const old of [...gone].sort()) {
    const strange = new Set(findings.filter((finding) => !marks.has(finding)).map(({ file }) => file))
    strange.delete(undefined)
    const moves = [...strange].map((file) => {
      const own = findings.filter((finding) => finding.file === file && !marks.has(finding))
      const all = findings.filter((finding) => finding.file === file)
      const named = nameFindings(
        all.map((finding) => ({ ...finding, file: old, at: finding })),
        ({ at }) => lineOf(at),
      )
      return named.filter(({ at, fingerprint }) => own.includes(at) && known.has(fingerprint))
    })
    const best = moves.reduce((most, each) => (each.length > most.length ? each : most), [])
    for (const { at, fingerprint } of best) marks.set(at, fingerprint)
  }
  return findings.map((finding) => {
    const baselined = marks.get(finding)
    return baselined === undefined ? finding : { ...finding, baselined }
  })
}
