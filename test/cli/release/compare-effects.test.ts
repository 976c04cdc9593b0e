import { expect, test } from "vitest"
import { effectLines, effectsOf } from "../../../cli/release/compare-effects.js"
import { createStyle } from "../../../cli/style.js"
import type { ReleaseStatus } from "../../../src/release/execute/status.js"
import type { Sight } from "../../../src/targets/ports/sight.js"
import { planOf } from "../../release/execute/rig.js"

const plan = await planOf({ targets: { forge: false } })

function statusOf(
  sights: Readonly<Record<string, Sight["kind"]>>,
  from: "journal" | "receipt" = "receipt",
): ReleaseStatus {
  const rows = Object.entries(sights).map(([id, kind]) => {
    const step = plan.steps.find((each) => each.id === id) ?? expect.fail(id)
    const sight = kind === "different" ? { kind, detail: "other bytes" } : { kind }
    return { step, act: { id, what: `what of ${id}`, where: step.target }, sight }
  })
  return { kind: "known", from, holder: null, written: null, verdict: "complete", rows } as unknown as ReleaseStatus
}

const kinds = (status: ReleaseStatus) => effectsOf(plan, status).map(({ step, kind }) => `${step.id} ${kind}`)

test("what every target shows as wanted is as planned, and the receipt stands in for the journal", () => {
  expect(kinds(statusOf({ push: "identical", index: "identical" }))).toEqual([
    "push as-planned",
    "index as-planned",
    "receipt as-planned",
  ])
})

test("one file that is absent, or other bytes, makes the step different", () => {
  expect(kinds(statusOf({ push: "identical", index: "absent" }))).toContain("index different")
  expect(kinds(statusOf({ push: "different", index: "identical" }))).toContain("push different")
})

test("a journal that is left is no receipt", () => {
  expect(kinds(statusOf({ push: "identical", index: "identical" }, "journal"))).toContain("receipt different")
})

test("a step that writes and of which nothing was seen is never called as planned", () => {
  expect(kinds(statusOf({ push: "identical" }))).toContain("index none")
})

test("a line names the target and what was seen there", () => {
  const lines = effectLines(
    effectsOf(plan, statusOf({ push: "identical", index: "absent" })),
    createStyle({ colour: false }),
  )
  expect(lines[0]).toMatch(/as planned +git remote +what of push$/)
  expect(lines[1]).toMatch(/different +pypi +what of index is absent$/)
})
