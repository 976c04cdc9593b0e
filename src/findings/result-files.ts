import type { Report } from "../pipeline/report.js"
import { renderCodeQuality } from "./code-quality.js"
import { renderJunit } from "./junit.js"
import { readListedTests } from "./listed-tests.js"
import { renderSarif } from "./sarif.js"
import { renderSummary } from "./summary.js"

/**
 * What people and programs read of a run, by the name of the file: the same behind every door. Pure.
 *
 * @param lists what the cells left at the paths of {@link listsOfTests}, by address
 */
export function renderResultFiles(
  report: Report,
  lists: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const tests = Object.fromEntries(Object.entries(lists).map(([address, text]) => [address, readListedTests(text)]))
  return {
    "report.json": `${JSON.stringify(report, null, 2)}\n`,
    "summary.md": renderSummary(report),
    "junit.xml": renderJunit(report, tests),
    "quillon.sarif": renderSarif(report),
    "gl-code-quality.json": renderCodeQuality(report),
  }
}

/** The name under which the coverage of a run lies beside the other results. */
export const COVERAGE_FILE = "coverage.xml"

/** Where the run's artifacts have the coverage as Cobertura XML, relative to the run's folder. */
export function coverageArtifact({ cells }: Pick<Report, "cells">): string | undefined {
  const paths = cells.flatMap(({ artifacts }) => artifacts.map(({ path }) => path))
  return paths.find((path) => path.endsWith(`/coverage-report/${COVERAGE_FILE}`))
}
