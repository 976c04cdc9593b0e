import type { CellReport, Report } from "../pipeline/report.js"
import type { Severity } from "./finding.js"
import { placeInRepository } from "./repository-place.js"

const LEVELS: Readonly<Record<Severity, "note" | "warning" | "error">> = {
  note: "note",
  low: "note",
  warning: "warning",
  medium: "warning",
  error: "error",
  high: "error",
  critical: "error",
}

/** Where a finding stands in its report. */
export interface ResultPlace {
  readonly report: Report
  readonly ruleIndex: number
}

/** A finding as SARIF's result; one of the baseline is suppressed, with the reason. Pure. */
export function resultOf(finding: CellReport["findings"][number], { report, ruleIndex }: ResultPlace): object {
  const place = placeInRepository(finding, report)
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: { text: place?.message ?? finding.message },
    ...(place === undefined ? {} : { locations: [locationOf(place)] }),
    partialFingerprints: { "quillonFinding/v1": finding.fingerprint },
    ...baselineOf(finding, report),
  }
}

function locationOf({ path, line, column }: NonNullable<ReturnType<typeof placeInRepository>>): object {
  // A name that is not UTF-8 has lone surrogates, of which no URI can be made.
  const uri = path
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/")
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: "%SRCROOT%" },
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) },
    },
  }
}

function baselineOf({ baselined }: CellReport["findings"][number], { baseline }: Report): object {
  if (baseline === undefined) return {}
  if (baselined === undefined) return { baselineState: "new" }
  return {
    baselineState: "unchanged",
    suppressions: [{ kind: "external", justification: `accepted in ${baseline.file}` }],
  }
}
