import { expect, test } from "vitest"
import type { SpanNews } from "../../cli/spans.js"
import { createSpanWitness } from "../../cli/witness.js"

function step(command: string, differs: Partial<Extract<SpanNews, { kind: "step" }>> = {}): SpanNews {
  return {
    kind: "step",
    address: "lint",
    command,
    digest: command,
    span: command,
    ended: true,
    cached: true,
    ...differs,
  }
}

test("a cell is cached when all of its steps were", async () => {
  const witness = createSpanWitness(1000)
  witness.on(step("check"))
  witness.on(step("format"))
  expect(await witness.cached("lint", ["check", "format"])).toBe(true)
})

test("one step that ran makes the cell not cached", async () => {
  const witness = createSpanWitness(1000)
  witness.on(step("check"))
  witness.on(step("format", { cached: false }))
  expect(await witness.cached("lint", ["check", "format"])).toBe(false)
})

test("waits for the spans that lag behind", async () => {
  const witness = createSpanWitness(1000)
  witness.on(step("check"))
  const verdict = witness.cached("lint", ["check", "format"])
  witness.on(step("format", { ended: false, cached: false }))
  setTimeout(() => witness.on(step("format", { cached: false })), 10)
  expect(await verdict).toBe(false)
})

test("says that it does not know when they never come", async () => {
  const witness = createSpanWitness(20)
  witness.on(step("check"))
  expect(await witness.cached("lint", ["check", "format"])).toBeNull()
})

test("a later query that finds the step in the cache does not change what was seen first", async () => {
  const witness = createSpanWitness(1000)
  witness.on(step("check", { cached: false }))
  witness.on(step("check", { cached: true }))
  expect(await witness.cached("lint", ["check"])).toBe(false)
})

test("a second attempt is judged by its own spans", async () => {
  const witness = createSpanWitness(1000)
  witness.on(step("check", { digest: "first" }))
  expect(await witness.cached("lint", ["check"])).toBe(true)
  const second = witness.cached("lint", ["check"])
  witness.on(step("check", { digest: "second", cached: false }))
  expect(await second).toBe(false)
})

test("a cell without commands was neither cached nor not", async () => {
  expect(await createSpanWitness(1000).cached("version", [])).toBeNull()
})
