import { expect, test } from "vitest"
import type { Attempt } from "../../src/pipeline/attempt.js"
import { judge } from "../../src/pipeline/judge.js"
import type { Settings } from "../../src/project/settings.js"
import { fakeStage } from "./fakes.js"

const settings = { images: { python: "mirror.example/python:{version}-slim" } } as unknown as Settings
const node = (python?: string, key = python ?? "") => ({
  address: "test",
  stage: fakeStage({ name: "test" }),
  cell: { key, ...(python === undefined ? {} : { python }) },
  edges: [],
})
const missing = (image: string): Attempt => {
  const thrown = { kind: "errored", cause: "image-missing", image, reason: `there is no image ${image}` } as const
  return { reading: thrown, thrown, executions: [], steps: [], artifacts: [] }
}

test("a cell whose interpreter has no image is skipped for that", () => {
  const { outcome } = judge(node("3.12"), missing("mirror.example/python:3.12-slim"), settings)
  expect(outcome).toMatchObject({ kind: "skipped", skip: "no-image" })
})

const looked: Attempt = {
  reading: { kind: "looked", findings: [], measures: {}, tools: [] },
  executions: [],
  steps: [],
  artifacts: [],
}

test("what a gate demands is told as the settings have it", () => {
  const gate = { demands: ({ images }: Settings) => images.python, judge: () => ({ passed: true, message: "fine" }) }
  const judged = judge({ ...node(), stage: { ...fakeStage({ name: "test" }), gate } }, looked, settings)
  expect(judged.verdict).toEqual({ demands: settings.images.python, passed: true, message: "fine" })
})

test("a cell that found out that there is nothing to look at is skipped with the reason, and no gate is asked", () => {
  const gate = { demands: "all", judge: () => ({ passed: false, message: "asked" }) }
  const reading = { kind: "not-applicable", reason: "no advisories" } as const
  const judged = judge({ ...node(), stage: { ...fakeStage({ name: "test" }), gate } }, { ...looked, reading }, settings)
  expect(judged).toEqual({ outcome: { kind: "skipped", reason: "no advisories", skip: "not-applicable" } })
})

test.each([
  ["its service has no image", node("3.12"), "postgres:17"],
  ["another interpreter than its own has no image", node("3.12"), "mirror.example/python:3.13-slim"],
  ["a stage without a matrix has no image", node(), "mirror.example/python:3.13-slim"],
  ["the only cell of its stage has no image", node("3.12", ""), "mirror.example/python:3.12-slim"],
])("a cell is errored, not skipped, when %s", (_, cell, image) => {
  expect(judge(cell, missing(image), settings).outcome.kind).toBe("errored")
})
