import type { CodeFinding } from "./code-findings.js"
import { SEVERITIES, type Severity } from "./finding.js"

/** A rule as SARIF's reportingDescriptor, as far as findings tell of it. */
export interface SarifRule {
  readonly id: string
  readonly shortDescription: { readonly text: string }
  readonly helpUri?: string
  readonly help?: { readonly text: string }
  readonly properties?: { readonly tags: readonly string[]; readonly "security-severity": string }
}

/** Scores in the middle of the bands in which GitHub reads `security-severity`. */
const SCORES: Readonly<Partial<Record<Severity, string>>> = { low: "2.0", medium: "5.5", high: "8.0", critical: "9.5" }

/** The rules that were broken, sorted, each once. Pure. */
export function rulesOf(found: readonly CodeFinding[]): readonly SarifRule[] {
  const byRule = new Map<string, CodeFinding["finding"][]>()
  for (const { finding } of found) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding])
  return [...byRule].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, findings]) => ruleOf(id, findings))
}

function ruleOf(id: string, findings: readonly CodeFinding["finding"][]): SarifRule {
  const tool = findings[0]?.tool ?? ""
  const help = findings.find((finding) => finding.help !== undefined)?.help
  const worst = findings.map(({ severity }) => severity).sort(bySeverity)[0]
  const score = worst === undefined ? undefined : SCORES[worst]
  return {
    id,
    shortDescription: { text: `${tool}: ${id}` },
    ...(help === undefined ? {} : /^https?:\/\/\S+$/.test(help) ? { helpUri: help } : { help: { text: help } }),
    ...(score === undefined ? {} : { properties: { tags: ["security"], "security-severity": score } }),
  }
}

function bySeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a)
}
