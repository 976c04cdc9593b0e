import { expect, test } from "vitest"
import { createActivityTracker } from "../../cli/activity.js"
import type { SpanNews } from "../../cli/spans.js"

function follow(running: readonly string[], batch: readonly SpanNews[]): readonly string[] {
  const said: string[] = []
  const tracker = createActivityTracker(({ address, activity }) => void said.push(`${address}: ${activity}`))
  for (const address of running) tracker.started(address)
  tracker.on(batch)
  return said
}

const pull = (image: string, ended = false): SpanNews => ({ kind: "pull", image, ended })
const step = (address: string, command: string): SpanNews => ({
  kind: "step",
  address,
  command,
  digest: "d",
  ended: false,
  cached: false,
})

test("a cell says which of its steps runs, the last of a batch", () => {
  expect(follow(["lint"], [step("lint", "check"), step("lint", "format")])).toEqual(["lint: format"])
})

test("an image is told to the cells that may need it, by its short name", () => {
  const image = "docker.io/library/python:3.11-slim@sha256:00ff"
  expect(follow(["test@3.11", "test@3.13", "lint"], [pull(image)])).toEqual([
    "test@3.11: pulling python:3.11-slim",
    "lint: pulling python:3.11-slim",
  ])
})

test("an image that came at once is not worth a word", () => {
  expect(follow(["lint"], [pull("python:3.11-slim"), pull("python:3.11-slim", true)])).toEqual([])
})

test("a cell that does not run says nothing", () => {
  expect(follow([], [step("lint", "check")])).toEqual([])
})
