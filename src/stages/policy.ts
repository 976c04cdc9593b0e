import type { Settings } from "../project/settings.js"

/** Per cent that the strict policy demands to be exceeded. */
const STRICT_COVERAGE = 90

/** How much must be covered. */
export interface CoverageDemand {
  /** Per cent. */
  readonly percent: number
  /** True where exactly so much is not enough. */
  readonly more: boolean
}

/** What is demanded of coverage: the setting, else the project's own `fail_under`; by the strict policy above 90 %. */
export function coverageDemand(settings: Settings, failUnder: number | null): CoverageDemand | undefined {
  const percent = settings.coverage.minimum ?? failUnder ?? undefined
  if (settings.policy === "strict" && (percent ?? 0) <= STRICT_COVERAGE) return { percent: STRICT_COVERAGE, more: true }
  return percent === undefined ? undefined : { percent, more: false }
}

/** Whether coverage is measured for the policy's or a setting's sake, whatever the project configures. */
export function demandsCoverage({ policy, coverage }: Settings): boolean {
  return policy === "strict" || coverage.minimum !== undefined
}

/** The confidence from which a bandit finding counts: the strict policy passes over none. */
export function confidenceDemand({ policy, security }: Settings): Settings["security"]["confidence"] {
  return policy === "strict" ? "low" : security.confidence
}

/** Days for which a newer release of a direct dependency may be out; undefined where nothing is demanded. */
export function ageDemand({ policy, outdated }: Settings): number | undefined {
  return outdated.maxAge ?? (outdated.gate || policy === "strict" ? 0 : undefined)
}

/** Whether a project without tests can pass. */
export function demandsTests({ policy }: Settings): boolean {
  return policy === "strict"
}
