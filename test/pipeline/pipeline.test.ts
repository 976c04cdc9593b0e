import { expect, test } from "vitest"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { fakeStage } from "./fakes.js"

const wheel = { kind: "wheel", from: "one", when: "passed" } as const

test("a stage stands behind the stages that it takes from, wherever it was listed", () => {
  const taker = fakeStage({ name: "test", takes: [wheel] })
  const giver = fakeStage({ name: "build", gives: ["wheel"] })
  expect(definePipeline([taker, giver]).stages).toEqual([giver, taker])
})

test("stages that do not need one another keep the order in which they were listed", () => {
  const stages = ["types", "lint", "audit"].map((name) => fakeStage({ name }))
  expect(definePipeline(stages).stages).toEqual(stages)
})

test.each([
  [
    "two stages of one name",
    [fakeStage({ name: "lint" }), fakeStage({ name: "lint" })],
    'two stages are called "lint"',
  ],
  ["a name that is not a word", [fakeStage({ name: "Lint it" })], 'stage name "Lint it" is not a lower-case word'],
  ["a need that nobody meets", [fakeStage({ name: "test", takes: [wheel] })], 'stage "test" takes "wheel"'],
  [
    "one kind given twice",
    [fakeStage({ name: "a", gives: ["wheel"] }), fakeStage({ name: "b", gives: ["wheel"] })],
    'stages "a" and "b" both give "wheel"',
  ],
  [
    "stages that wait for one another",
    [
      fakeStage({ name: "a", gives: ["x"], takes: [{ ...wheel, kind: "y" }] }),
      fakeStage({ name: "b", gives: ["y"], takes: [{ ...wheel, kind: "x" }] }),
    ],
    "stages wait for one another: a → b → a",
  ],
])("%s is refused by name", (_, stages, message) => {
  expect(() => definePipeline(stages)).toThrow(message)
})

test("an optional need may stay unmet", () => {
  const stage = fakeStage({ name: "sbom", takes: [{ ...wheel, optional: true }] })
  expect(definePipeline([stage]).stages).toEqual([stage])
})
