import { expect, test } from "vitest"
import { endAfter } from "../../../cli/release/end-as-killed.js"
import { planOf } from "../../release/execute/rig.js"

const plan = await planOf({})
const step = (id: string) => plan.steps.find((each) => each.id === id) ?? expect.fail(id)

test("the process ends when the step has ended, and not before", () => {
  let ends = 0
  const watch = endAfter("push", plan, () => ends++)
  watch({ kind: "step-started", step: step("push") })
  watch({ kind: "step-finished", step: step("build"), end: "done" })
  expect(ends).toBe(0)
  watch({ kind: "step-finished", step: step("push"), end: "done" })
  expect(ends).toBe(1)
})

test("after the journal is when the first step behind it begins", () => {
  let ends = 0
  endAfter("journal", plan, () => ends++)({ kind: "step-started", step: step("build") })
  expect(ends).toBe(1)
})

test.each(["receipt", "preflight", "lunch"])("there is no ending after %s", (name) => {
  expect(() => endAfter(name, plan, () => {})).toThrow(`the plan has no step "${name}" to end after`)
})
