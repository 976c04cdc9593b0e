import { describe, expect, it } from "vitest"
import { entryOf } from "../../src/findings/baseline.js"
import { acceptFindings, shrinkEntries, unseenCells } from "../../src/findings/baseline-change.js"
import { cellReport, finding, reportOf } from "../cli/reports.js"

const entry = (fingerprint: string, stage = "lint") => entryOf(stage, finding({ fingerprint }))

describe("acceptFindings", () => {
  it("has what the stages found, in place of what was known of them", () => {
    const report = reportOf([cellReport({ outcome: "failed", findings: [finding({ fingerprint: "new" })] })])
    expect(acceptFindings(report, { stages: ["lint"], before: [entry("old")] })).toEqual([entry("new")])
  })

  it("keeps what is known of a stage that said nothing: switched off, or of another program", () => {
    const report = reportOf([cellReport({ outcome: "skipped", skip: "not-applicable" })])
    const before = [entry("a"), entry("b", "docs")]
    expect(acceptFindings(report, { stages: ["lint"], before })).toEqual(before)
  })

  it("takes nothing of a stage whose findings can't be accepted", () => {
    const report = reportOf([cellReport({ stage: "test", findings: [finding()] })])
    expect(acceptFindings(report, { stages: ["lint"], before: [] })).toEqual([])
  })
})

describe("shrinkEntries", () => {
  const baseline = { file: "b.json", entries: [entry("stays"), entry("stale"), entry("moved")] }
  const moved = finding({ file: "new.py", fingerprint: "anew", baselined: "moved" })
  const found = [finding({ fingerprint: "stays", baselined: "stays" }), moved, finding({ fingerprint: "fresh" })]
  const report = reportOf([cellReport({ findings: found })], {
    baseline: { file: "b.json", entries: 3, known: 2, moved: 1, stale: [entry("stale")] },
  })

  it("drops what is stale, names what moved anew, and accepts nothing new", () => {
    expect(shrinkEntries(report, baseline)).toEqual([entry("stays"), entryOf("lint", moved)])
  })
})

describe("unseenCells", () => {
  it.each([
    ["could not look", { outcome: "errored" }, 1],
    ["has no image", { outcome: "skipped", skip: "no-image" }, 1],
    ["was left without what it needs", { outcome: "skipped", skip: "input" }, 1],
    ["does not apply", { outcome: "skipped", skip: "not-applicable" }, 0],
    ["failed", { outcome: "failed" }, 0],
    ["is of another stage", { stage: "test", outcome: "errored" }, 0],
  ] as const)("where a cell %s", (_, cell, count) => {
    expect(unseenCells(reportOf([cellReport(cell)]), ["lint"])).toHaveLength(count)
  })
})
