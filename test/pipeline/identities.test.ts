import { describe, expect, it } from "vitest"
import { type BaselineEntry, entryOf } from "../../src/findings/baseline.js"
import { normaliseFindings } from "../../src/findings/normalise.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import type { Report } from "../../src/pipeline/report.js"
import { runPipeline } from "../../src/pipeline/runner.js"
import type { Stage } from "../../src/pipeline/stage.js"
import { CLEAN, fakeStage, fakeWorld } from "./fakes.js"

type Sources = Readonly<Record<string, string>>

/** A stage that minds each line of its files that says `bad`. */
function linter(sources: Sources, differs: Partial<Stage> = {}): Stage {
  const drafts = Object.entries(sources).flatMap(([file, text]) =>
    text.split("\n").flatMap((line, at) => (line.includes("bad") ? [draftAt(file, at + 1)] : [])),
  )
  return fakeStage({
    name: "lint",
    read: () => ({ ...CLEAN, findings: normaliseFindings(drafts) }),
    gate: {
      demands: "no finding",
      judge: ({ findings }) => ({ passed: findings.length === 0, message: `${findings.length} findings` }),
    },
    ...differs,
  })
}

const draftAt = (file: string, line: number) =>
  ({ tool: "lint", rule: "bad", severity: "warning", file, line, message: "bad" }) as const

async function run(sources: Sources, entries?: readonly BaselineEntry[], differs: Partial<Stage> = {}) {
  const { world } = fakeWorld({
    readSource: async (file) => sources[file],
    ...(entries === undefined ? {} : { baseline: { file: "b.json", entries } }),
  })
  return runPipeline(definePipeline([linter(sources, differs)]), world, { jobs: 1 })
}

const accepted = (report: Report) =>
  report.cells.flatMap(({ stage, findings }) => findings.map((each) => entryOf(stage, each)))

describe("a run with a baseline", () => {
  it("passes where every finding is known, and still reports them", async () => {
    const before = await run({ "a.py": "bad 1" })
    expect(before.outcome).toBe("failed")
    const after = await run({ "a.py": "\nbad 1" }, accepted(before))
    expect(after.outcome).toBe("passed")
    expect(after.cells[0]).toMatchObject({
      gate: { passed: true, message: "0 findings, 1 in the baseline" },
      findings: [{ line: 2, baselined: accepted(before)[0]?.fingerprint }],
    })
  })

  it("fails on what is new, and counts the known apart", async () => {
    const before = await run({ "a.py": "bad 1" })
    const after = await run({ "a.py": "bad 1\nbad 2" }, accepted(before))
    expect(after.cells[0]).toMatchObject({ outcome: "failed", reason: "1 findings, 1 in the baseline" })
  })

  it("takes a renamed file for the same file", async () => {
    const before = await run({ "a.py": "bad 1" })
    const after = await run({ "b.py": "bad 1" }, accepted(before))
    expect(after).toMatchObject({ outcome: "passed", baseline: { known: 1, moved: 1, stale: [] } })
  })

  it("does not take a copy for a renamed file: the first is still there", async () => {
    const before = await run({ "a.py": "bad 1" })
    const after = await run({ "a.py": "good", "b.py": "bad 1" }, accepted(before))
    expect(after).toMatchObject({ outcome: "failed", baseline: { known: 0, stale: [{ file: "a.py" }] } })
  })

  it("judges every finding of a stage whose findings can't be accepted", async () => {
    const before = await run({ "a.py": "bad 1" })
    const after = await run({ "a.py": "bad 1" }, accepted(before), { baseline: "never" })
    expect(after.outcome).toBe("failed")
    expect(after.cells[0]?.findings[0]?.baselined).toBeUndefined()
  })

  it("knows the findings of another stage by that stage alone", async () => {
    const before = await run({ "a.py": "bad 1" })
    const elsewhere = accepted(before).map((entry) => ({ ...entry, stage: "types" }))
    expect((await run({ "a.py": "bad 1" }, elsewhere)).outcome).toBe("failed")
  })
})

describe("a run's findings", () => {
  it("are shown with the lines around them, but for those that the baseline has", async () => {
    const sources = { "a.py": "good\nbad 1\ngood" }
    const first = await run(sources)
    expect(first.cells[0]?.findings[0]?.excerpt).toEqual({ first: 1, lines: ["good", "bad 1", "good"] })
    const known = await run(sources, accepted(first))
    expect(known.cells[0]?.findings[0]).not.toHaveProperty("excerpt")
  })
})
