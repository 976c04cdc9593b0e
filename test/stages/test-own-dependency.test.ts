import { expect, test } from "vitest"
import { readTest } from "../../src/stages/test-reading.js"
import { executed, reading } from "./transcripts.js"

// The last line of what Python printed where an old pluggy took the place of the one that pytest needs.
const BROKEN = "ImportError: cannot import name 'HookimplMarker' from 'pluggy' (/opt/venv/lib/python3.11/site-packages)"

const told = (name: string) =>
  readTest(
    [executed({ command: "pytest", exit: 1, stderr: `Traceback (most recent call last):\n${BROKEN}\n` })],
    reading({ packages: [{ name, kind: "package", path: `src/${name}` }] }),
  )

test("a project that pytest itself imports is named where pytest can't begin", () => {
  expect(told("pluggy")).toMatchObject({
    kind: "errored",
    reason: expect.stringContaining("HookimplMarker"),
    next: expect.stringMatching(/imports pluggy, which is the project.*test\.requirements/),
  })
})

test("another project is not suspected", () => {
  expect(told("plug")).not.toHaveProperty("next")
})
