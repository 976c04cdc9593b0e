import { describe, expect, it } from "vitest"
import { entryOf } from "../../src/findings/baseline.js"
import { reportBaseline } from "../../src/pipeline/baseline-report.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { cellReport, finding } from "../cli/reports.js"
import { fakeStage } from "./fakes.js"

const pipeline = definePipeline([fakeStage({ name: "lint" }), fakeStage({ name: "types" })])
const found = finding({ fingerprint: "here", baselined: "here" })
const baseline = {
  file: "b.json",
  entries: [entryOf("lint", found), entryOf("lint", finding({ fingerprint: "gone" }))],
}

function compare(cells: readonly Parameters<typeof cellReport>[0][], narrowed: boolean) {
  return reportBaseline(baseline, { pipeline, cells: cells.map(cellReport), narrowed })
}

describe("reportBaseline", () => {
  it("counts what was met and names what is no longer found", () => {
    expect(compare([{ findings: [found] }], false)).toEqual({
      file: "b.json",
      entries: 2,
      known: 1,
      moved: 0,
      stale: [entryOf("lint", finding({ fingerprint: "gone" }))],
    })
  })

  it("counts once what several cells met", () => {
    expect(compare([{ findings: [found] }, { findings: [found] }], false)?.known).toBe(1)
  })

  it("counts what was met in a renamed file", () => {
    expect(compare([{ findings: [{ ...found, baselined: "gone" }] }], false)).toMatchObject({ known: 1, moved: 1 })
  })

  it.each([
    ["the stage could not look", { outcome: "errored" as const }, false],
    ["the stage did not run", { outcome: "skipped" as const }, false],
    ["the stage is not in this run", { stage: "types" }, false],
    ["the tool was given arguments", {}, true],
  ])("calls nothing stale where %s", (_, cell, narrowed) => {
    expect(compare([cell], narrowed)?.stale).toEqual([])
  })

  it("calls nothing stale where one cell of the matrix did not look", () => {
    expect(compare([{ cell: "3.11" }, { cell: "3.13", outcome: "errored" }], false)?.stale).toEqual([])
  })
})
