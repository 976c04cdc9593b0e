import type { Report } from "../../src/pipeline/report.js"
import { groupBy } from "../group-by.js"
import { type MergedFinding, mergeFindings } from "../merged-findings.js"

/** Findings of a run as the page tells of them. */
export interface ShownFindings {
  /** Failing tests, and errors around them. */
  readonly tests: readonly MergedFinding[]
  /** What the other tools found. */
  readonly others: readonly MergedFinding[]
}

/** Parts failing tests from what the other tools found, each once whatever number of cells has it. Pure. */
export function shownFindings({ cells }: Report): ShownFindings {
  const looked = cells.filter(({ outcome }) => outcome === "passed" || outcome === "failed")
  const stages = groupBy(looked, ({ stage }) => stage)
  const merged = (own: typeof stages) => own.flatMap(mergeFindings)
  const isTest = (own: (typeof stages)[number]) => own.some(({ measures }) => measures.tests !== undefined)
  return { tests: merged(stages.filter(isTest)), others: merged(stages.filter((own) => !isTest(own))) }
}
