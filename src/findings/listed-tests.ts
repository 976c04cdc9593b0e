import { z } from "zod"
import { type Address, addressOf } from "../pipeline/cell.js"
import type { Report } from "../pipeline/report.js"

/** The artifact in which a test cell leaves the list of its tests, less those that are findings. */
export const TEST_RESULTS = "test-results"

/** A test that pytest counted, by its own word for the outcome: one of which no finding tells. */
export interface ListedTest {
  /** pytest's node id. */
  readonly test: string
  readonly outcome: "passed" | "failed" | "skipped" | "xfailed" | "xpassed" | "error"
  /** With set-up, without tear-down. */
  readonly seconds: number
}

/** The tests of cells, by address. */
export type ListedTests = Readonly<Record<Address, readonly ListedTest[]>>

const row = z.tuple([
  z.string(),
  z.enum(["passed", "failed", "skipped", "xfailed", "xpassed", "error"]),
  z.number().nonnegative(),
])

/** Where cells left their lists, relative to the run's folder, by address. */
export function listsOfTests({ cells }: Pick<Report, "cells">): Readonly<Record<Address, string>> {
  const found = cells.flatMap(({ stage, cell, artifacts }) => {
    const path = artifacts.find((each) => each.path.endsWith(`/${TEST_RESULTS}/tests.jsonl`))?.path
    return path === undefined ? [] : [[addressOf(stage, { key: cell }), path] as const]
  })
  return Object.fromEntries(found)
}

/** Reads such a list; a line that was cut off when something ended pytest is left out. */
export function readListedTests(text: string): readonly ListedTest[] {
  return text.split("\n").flatMap((line) => {
    try {
      const [test, outcome, seconds] = row.parse(JSON.parse(line))
      return [{ test, outcome, seconds }]
    } catch {
      return []
    }
  })
}
