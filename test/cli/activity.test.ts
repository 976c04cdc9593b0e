import { expect, test } from "vitest"
import { createActivityTracker } from "../../cli/activity.js"
import type { SpanNews } from "../../cli/spans.js"

function follow(running: readonly string[], ...batches: readonly (readonly SpanNews[])[]): readonly string[] {
  const said: string[] = []
  const tracker = createActivityTracker((event) => {
    said.push(`${event.address}: ${event.kind === "cell-line" ? event.line : event.activity}`)
  })
  for (const address of running) tracker.started(address)
  for (const batch of batches) tracker.on(batch)
  return said
}

const pull = (image: string, ended = false): SpanNews => ({ kind: "pull", image, ended })
const step = (address: string, command: string): SpanNews => ({
  kind: "step",
  address,
  command,
  digest: "d",
  span: `span of ${address}`,
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

test("what a step prints is told to its cell", () => {
  const said: string[] = []
  const tracker = createActivityTracker((event) => {
    if (event.kind === "cell-line") said.push(`${event.address}: ${event.line}`)
  })
  tracker.started("lint")
  tracker.on([step("lint", "check"), step("test@3.11", "pytest")])
  tracker.said([
    { span: "span of lint", line: "All checks passed!" },
    { span: "span of test@3.11", line: "of a cell that does not run" },
    { span: "another", line: "of no cell" },
  ])
  expect(said).toEqual(["lint: All checks passed!"])
})

const upload = (ended: boolean): SpanNews => ({ kind: "upload", ended })

test("files that take their time to be uploaded are told to all cells that have no step yet, until they are there", () => {
  expect(follow(["lint", "build"], [step("lint", "check")], [upload(false)], [upload(true)])).toEqual([
    "lint: check",
    "build: uploading files",
    "build: ",
  ])
})

test("files that came at once are not worth a word", () => {
  expect(follow(["lint"], [upload(false), upload(true)])).toEqual([])
})
