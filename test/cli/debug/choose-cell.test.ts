import { expect, test } from "vitest"
import { chooseCell } from "../../../cli/debug/choose-cell.js"
import { planGraph } from "../../../src/pipeline/graph.js"
import { definePipeline } from "../../../src/pipeline/pipeline.js"
import { FAKE_SETTINGS, fakeProject, fakeStage, PER_PYTHON } from "../../pipeline/fakes.js"
import { cellReport, reportOf } from "../reports.js"

const nodesOf = (name: string, skip?: string) =>
  planGraph({
    pipeline: definePipeline([
      fakeStage({ name: "test", cells: PER_PYTHON }),
      fakeStage({ name: "image", skip: () => skip }),
    ]),
    project: fakeProject(),
    settings: FAKE_SETTINGS,
    selection: { only: [name] },
  }).nodes

const inTest = (cell: string, outcome: "passed" | "failed") => cellReport({ stage: "test", cell, outcome })

test("of several cells the one that failed in the last run is meant", () => {
  const report = reportOf([inTest("3.9", "passed"), inTest("3.11", "failed"), inTest("3.13", "failed")])
  expect(chooseCell("test", nodesOf("test"), report)).toMatchObject({ address: "test@3.11", last: { cell: "3.11" } })
})

test("without a failure the newest is meant", () => {
  expect(chooseCell("test", nodesOf("test"))).toEqual({ address: "test@3.13" })
})

test("an address means itself", () => {
  const report = reportOf([inTest("3.11", "failed")])
  expect(chooseCell("test@3.9", nodesOf("test@3.9"), report)).toEqual({ address: "test@3.9" })
})

test("a stage that has nothing to do here says why", () => {
  expect(() => chooseCell("image", nodesOf("image", "there is no Dockerfile"))).toThrow(
    "image has no container: there is no Dockerfile",
  )
})
