import { expect, test } from "vitest"
import { wrap } from "../../cli/wrap.js"

test.each([
  ["a bc def", 8, ["a bc def"]],
  ["a bc def", 7, ["a bc", "def"]],
  ["a verylongword b", 4, ["a", "verylongword", "b"]],
  ["größer als", 6, ["größer", "als"]],
  ["", 5, [""]],
])("%j at %i", (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines)
})
