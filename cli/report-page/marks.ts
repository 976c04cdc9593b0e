import type { Report } from "../../src/pipeline/report.js"

/** The sign of an outcome beside its colour, for whoever sees no colours. */
export const MARKS = { passed: "✓", failed: "✗", errored: "!", skipped: "–" } as const satisfies Readonly<
  Record<Report["outcome"], string>
>

/** An outcome in a person's words. */
export const WORDS = {
  passed: "passed",
  failed: "failed",
  errored: "could not look",
  skipped: "nothing to do",
} as const satisfies Readonly<Record<Report["outcome"], string>>
