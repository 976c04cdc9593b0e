import { expect, test } from "vitest"
import type { CellReport } from "../../src/pipeline/report.js"
import { outcomeOf } from "../../src/pipeline/run-outcome.js"

const cell = (stage: string, outcome: CellReport["outcome"], skip?: CellReport["skip"]): CellReport => ({
  stage,
  cell: "",
  outcome,
  seconds: 0,
  cached: null,
  attempts: 1,
  tools: [],
  measures: {},
  findings: [],
  artifacts: [],
  ...(skip === undefined ? {} : { skip }),
})

test.each<[string, CellReport[], string]>([
  ["all passed", [cell("lint", "passed"), cell("test", "passed")], "passed"],
  ["a failure beside what could not look", [cell("lint", "failed"), cell("test", "errored")], "failed"],
  ["one that could not look", [cell("lint", "passed"), cell("test", "errored")], "errored"],
  ["a stage with nothing to do", [cell("lint", "passed"), cell("build", "skipped", "not-applicable")], "passed"],
  ["nothing to do at all", [cell("build", "skipped", "not-applicable")], "skipped"],
  ["one interpreter that can't be had", [cell("test", "passed"), cell("test", "skipped", "no-image")], "passed"],
  ["no interpreter that can be had", [cell("lint", "passed"), cell("test", "skipped", "no-image")], "errored"],
  ["a cell that was cancelled", [cell("lint", "passed"), cell("test", "skipped", "cancelled")], "errored"],
])("%s", (_, cells, expected) => {
  expect(outcomeOf(cells)).toBe(expected)
})
