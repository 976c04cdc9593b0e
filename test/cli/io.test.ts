import { PassThrough } from "node:stream"
import { expect, test } from "vitest"
import { isDrawable, type Output, wantsColour } from "../../cli/io.js"

const terminal: Output = Object.assign(new PassThrough(), { isTTY: true })
const pipe: Output = new PassThrough()

test.each([
  ["a terminal", {}, terminal, true, true],
  ["a pipe", {}, pipe, false, false],
  ["a dumb terminal", { TERM: "dumb" }, terminal, false, false],
  ["a CI system's terminal", { CI: "true" }, terminal, false, false],
  ["NO_COLOR", { NO_COLOR: "1" }, terminal, true, false],
  ["an empty NO_COLOR", { NO_COLOR: "" }, terminal, true, true],
  ["FORCE_COLOR in a pipe", { FORCE_COLOR: "1" }, pipe, false, true],
  ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, terminal, true, false],
  ["both", { NO_COLOR: "1", FORCE_COLOR: "1" }, terminal, true, false],
] as const)("%s", (_name, env, stdout, drawable, colour) => {
  expect(isDrawable({ env, stdout })).toBe(drawable)
  expect(wantsColour({ env, stdout })).toBe(colour)
})
