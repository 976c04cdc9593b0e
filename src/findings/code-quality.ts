import { createHash } from "node:crypto"
import type { Report } from "../pipeline/report.js"
import { codeFindings } from "./code-findings.js"
import type { Severity } from "./finding.js"
import { placeInRepository } from "./repository-place.js"

/** GitLab's words for how bad an issue is. */
const WORDS: Readonly<Record<Severity, "info" | "minor" | "major" | "critical" | "blocker">> = {
  note: "info",
  low: "minor",
  warning: "minor",
  medium: "major",
  error: "major",
  high: "critical",
  critical: "blocker",
}

/**
 * A report as GitLab's code quality JSON, which a merge request compares with that of its target. Findings of the
 * baseline are in it: GitLab tells old from new by itself. Failing tests are not; JUnit has them. Pure.
 */
export function renderCodeQuality(report: Report): string {
  const issues = codeFindings(report.cells).flatMap(({ stage, finding }) => {
    const place = placeInRepository(finding, report)
    if (place === undefined) return []
    return {
      description: place.message,
      check_name: `${finding.tool}: ${finding.rule}`,
      fingerprint: createHash("md5").update(`${report.project.path} ${stage} ${finding.fingerprint}`).digest("hex"),
      severity: WORDS[finding.severity],
      location: { path: place.path, lines: { begin: place.line } },
    }
  })
  return `${JSON.stringify(issues, null, 2)}\n`
}
