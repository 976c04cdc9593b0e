import { expect, test } from "vitest"
import { stageGraphOf } from "../../../cli/report-page/stage-graph.js"
import { cellReport, reportOf } from "../reports.js"

const RUN = reportOf([
  cellReport({ stage: "resolve", cell: "3.11", cached: true }),
  cellReport({ stage: "resolve", cell: "3.12", cached: true, seconds: 3 }),
  cellReport({ stage: "lint" }),
  cellReport({ stage: "build", after: ["resolve@3.11"] }),
  cellReport({ stage: "test", cell: "3.11", outcome: "failed", after: ["build", "resolve@3.11"] }),
  cellReport({ stage: "test", cell: "3.12", after: ["build", "resolve@3.12"] }),
  cellReport({ stage: "docs", outcome: "skipped", skip: "not-applicable" }),
])

test("a stage stands one column after the last stage that it waits for", () => {
  const columns = stageGraphOf(RUN).nodes.map(({ stage, column }) => [stage, column])
  expect(columns).toEqual([
    ["resolve", 0],
    ["lint", 0],
    ["build", 1],
    ["test", 2],
  ])
})

test("what follows from other edges is not drawn", () => {
  expect(stageGraphOf(RUN).edges).toEqual([
    { from: "resolve", to: "build" },
    { from: "build", to: "test" },
  ])
})

test("a stage is as bad as its worst cell, and as long as its longest", () => {
  const [resolve, , , tested] = stageGraphOf(RUN).nodes
  expect(resolve).toMatchObject({ outcome: "passed", seconds: 3, cached: 2 })
  expect(tested).toMatchObject({ outcome: "failed", row: 0 })
})

test("stages that wait for each other do not hang it", () => {
  const circle = reportOf([cellReport({ stage: "a", after: ["b"] }), cellReport({ stage: "b", after: ["a"] })])
  expect(stageGraphOf(circle).nodes).toHaveLength(2)
})
