import { PassThrough } from "node:stream"
import { expect, test } from "vitest"
import { askYes, canAsk } from "../../cli/ask.js"
import { fakeIo } from "./fake-io.js"

test.each([
  ["y\n", true],
  ["Yes \n", true],
  ["\n", false],
  ["yesterday\n", false],
  ["", false],
])("%j: %s", async (typed, expected) => {
  const stdin = new PassThrough()
  stdin.end(typed)
  const io = fakeIo({ stdin })
  expect(await askYes(io, "Write this?")).toBe(expected)
  expect(io.err()).toContain("Write this? [y/N] ")
})

test("nobody is asked where input or output is no terminal", () => {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  expect(canAsk(fakeIo({ stdin, isTTY: true }))).toBe(true)
  expect(canAsk(fakeIo({ stdin, isTTY: false }))).toBe(false)
  expect(canAsk(fakeIo({ isTTY: true }))).toBe(false)
})
