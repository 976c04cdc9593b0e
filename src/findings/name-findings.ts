import type { Finding } from "./finding.js"
import { fingerprint, type Unnamed } from "./fingerprint.js"

/** Gives each finding its fingerprint, in the order in which they come. Pure. */
export function nameFindings<T extends Unnamed>(
  findings: readonly T[],
  textOf: (finding: T) => string | undefined,
): readonly (T & Pick<Finding, "fingerprint">)[] {
  const occurrences = new Map<string, number>()
  return findings.map((finding) => {
    const text = textOf(finding)
    const alike = fingerprint(finding, { text, occurrence: 0 })
    const occurrence = occurrences.get(alike) ?? 0
    occurrences.set(alike, occurrence + 1)
    return { ...finding, fingerprint: fingerprint(finding, { text, occurrence }) }
  })
}
