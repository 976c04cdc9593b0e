import { expect, test } from "vitest"
import { describeOwnRun } from "../../bench/own-run.js"
import { type Report, reportSchema } from "../../src/pipeline/report.js"

function cell(stage: string, key: string, more: Partial<Report["cells"][number]>): Report["cells"][number] {
  const empty = { attempts: 1, tools: [], measures: {}, findings: [], artifacts: [] }
  return { stage, cell: key, outcome: "passed", seconds: 1, cached: true, ...empty, ...more }
}

const report = reportSchema.parse({
  schema: 1,
  id: "a",
  started: "2026-01-01T00:00:00Z",
  project: { name: "pluggy", path: "." },
  commit: null,
  dirty: null,
  engine: { version: "v0.21.7", host: "here" },
  images: [],
  outcome: "failed",
  seconds: 1,
  cells: [
    cell("version", "", { cached: null }),
    cell("lint", "", { outcome: "failed" }),
    cell("types", "", { cached: null }),
    cell("test", "3.11", { cached: false, seconds: 2.5 }),
    cell("test", "3.13", { cached: false, seconds: 2 }),
    cell("image", "", { outcome: "skipped", cached: null }),
  ],
})

test("cells that ran again are those that the engine had not cached, the slowest of them counts", () => {
  const own = describeOwnRun(report, "")
  expect(own.again).toEqual(["test@3.11", "test@3.13"])
  expect(own.slowest).toBe(2.5)
})

test("a cell without a flag is not taken for cached, and what never ran in a container is left aside", () => {
  expect(describeOwnRun(report, "").unknown).toEqual(["types"])
})

test("cells that did not pass are named with their outcome", () => {
  expect(describeOwnRun(report, "").unpassed).toEqual(["lint failed"])
})

test("round trips and phases are read from the last line of -v", () => {
  const own = describeOwnRun(report, "failed: 1 cell\nproject 107 ms, session 175 ms, run 775 ms, 42 round trips\n")
  expect(own).toMatchObject({ roundTrips: 42, phases: "project 107 ms, session 175 ms, run 775 ms" })
})
