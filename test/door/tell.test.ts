import { expect, test } from "vitest"
import { readRequest } from "../../src/door/plan-request.js"
import { tell } from "../../src/door/tell.js"
import { QuillonError } from "../../src/errors.js"

const failing = (code: string, kind: "usage" | "environment") => () =>
  Promise.reject(new QuillonError({ code, kind, message: "x is y", next: "do z" }))

test.each([
  ["TAG_AHEAD", "environment", "failed: x is y\n  next: do z"],
  ["TAG_AHEAD", "usage", "failed: x is y\n  next: do z"],
  ["SHALLOW_CLONE", "environment", "could not look: x is y\n  next: do z"],
  ["BAD_BUMP", "usage", "x is y\n  next: do z"],
] as const)("%s of kind %s", async (code, kind, message) => {
  await expect(tell(failing(code, kind))).rejects.toThrow(new Error(message))
})

test("an answer is handed on, and so is a bug", async () => {
  expect(await tell(async () => "answer")).toBe("answer")
  const bug = new TypeError("x is undefined")
  await expect(tell(() => Promise.reject(bug))).rejects.toBe(bug)
})

test("a channel is one of those that a branch may have", () => {
  expect(readRequest({ at: "HEAD~1", since: undefined, channel: "rc" })).toEqual({ at: "HEAD~1", channel: "rc" })
  expect(() => readRequest({ at: undefined, since: undefined, channel: "nightly" })).toThrow(
    expect.objectContaining({ code: "UNKNOWN_WORD", message: '--channel is "nightly"' }),
  )
})
