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

test.each([
  // As Dagger 0.21.7 says it.
  'workspace directory "nope": failed to get snapshot: failed to snapshot: failed to sync: nope: no such file or directory',
  "stat nope: no such file or directory",
])("a folder that is not there: %s", async (said) => {
  const told = tell(() => Promise.reject(new Error(said)))
  await expect(told).rejects.toThrow(/^there is no folder nope\n {2}next: --path names the folder/)
})

test("what is to be typed next is typed to dagger", async () => {
  const error = new QuillonError({ code: "SEVERAL_PROJECTS", kind: "usage", message: "x", next: "one: quillon ci a/b" })
  await expect(tell(() => Promise.reject(error))).rejects.toThrow("next: one: dagger call --path a/b ci")
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
