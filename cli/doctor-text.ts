import type { Diagnosis, Finding } from "../engine/diagnosis.js"
import { createStyle, pad, type Style } from "./style.js"

/** Doctor's table for people; its last line is the verdict. */
export function renderDiagnosis(diagnosis: Diagnosis, look: { readonly colour: boolean }): string {
  const style = createStyle(look)
  const width = Math.max(...diagnosis.findings.map(({ name }) => name.length))
  const lines = diagnosis.findings.map((finding) => renderFinding(finding, { style, width }))
  const verdict = diagnosis.possible ? style.good("a run is possible here") : style.bad("no run is possible here")
  return `${lines.join("\n")}\n\n${verdict}\n`
}

function renderFinding(finding: Finding, { style, width }: { readonly style: Style; readonly width: number }): string {
  const mark = { good: style.good("✓"), note: style.unsure("!"), bad: style.bad("✗") }[finding.state]
  const next = finding.next === undefined ? "" : `\n${" ".repeat(width + 4)}${style.quiet(`→ ${finding.next}`)}`
  return `${mark} ${pad(finding.name, width)}  ${finding.text}${next}`
}
