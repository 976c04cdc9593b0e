import { z } from "zod"
import type { Execution } from "../pipeline/command.js"
import type { TestCounts } from "../pipeline/report.js"
import { jsonReport } from "./json-report.js"

const tally = z.record(z.string(), z.number())

const running = z.object({ phase: z.enum(["collect", "run", "end"]), test: z.string().nullable(), counts: tally })

const failure = z.object({
  test: z.string(),
  category: z.string(),
  when: z.string().default("call"),
  file: z.string().nullish(),
  line: z.number().nullish(),
  message: z.string(),
  detail: z.string().default(""),
  output: z.array(z.tuple([z.string(), z.string()])).default([]),
})

const outcomes = z.object({
  counts: tally,
  exit: z.number(),
  failures: z.number(),
  slowest: z.array(z.tuple([z.string(), z.number()])),
  order: z.string().nullable(),
  workers: z.union([z.number(), z.string()]),
  python: z.string(),
  versions: z.record(z.string(), z.string()),
})

/** A failing test, or an error around one, as the plugin wrote it down. */
export type FailureRecord = z.infer<typeof failure>

/** The report of failures in several processes, where a run in one was asked to confirm them. */
export const IN_PARALLEL = "parallel-failures.jsonl"

/** The fact of a cell's coverage data that says whether any test ran: `some` or `none`. */
export const TESTS_RUN = "tests-run"

/** What the plugin left: each part may be missing when something ended pytest early. */
export interface TestRecords {
  readonly running?: z.infer<typeof running>
  readonly failures: readonly FailureRecord[]
  /** Failures in several processes that one process did not confirm. */
  readonly unconfirmed: readonly FailureRecord[]
  readonly outcomes?: z.infer<typeof outcomes>
}

/** Reads the plugin's records; a line that was cut off is left out. */
export function testRecords(execution: Execution): TestRecords {
  const failures = failuresIn(execution, "failures.jsonl")
  const confirmed = new Set(failures.map(({ test }) => test))
  const state = jsonReport(execution, "running.json", running)
  const end = jsonReport(execution, "outcomes.json", outcomes)
  return {
    failures,
    unconfirmed: failuresIn(execution, IN_PARALLEL).filter(({ test }) => !confirmed.has(test)),
    ...(state === undefined ? {} : { running: state }),
    ...(end === undefined ? {} : { outcomes: end }),
  }
}

function failuresIn(execution: Execution, name: string): readonly FailureRecord[] {
  const lines = (execution.reports[name] ?? "").split("\n").filter((line) => line !== "")
  return lines.flatMap((line) => jsonReport({ ...execution, reports: { line } }, "line", failure) ?? [])
}

/** Categories of `pytest_report_teststatus` as the report names them. */
export function countsOf(counts: Readonly<Record<string, number>>): TestCounts {
  return {
    passed: counts.passed ?? 0,
    failed: counts.failed ?? 0,
    skipped: counts.skipped ?? 0,
    xfailed: counts.xfailed ?? 0,
    xpassed: counts.xpassed ?? 0,
    errors: counts.error ?? 0,
  }
}

const OWN = new Set(["passed", "failed", "skipped", "xfailed", "xpassed", "error", "deselected", "warnings"])

/** Categories that pytest's plugins add, e.g. `subtests passed` or `rerun`. */
export function otherCounts(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([name]) => !OWN.has(name)))
}
