import { expect, test } from "vitest"
import { contentKey } from "../../engine/recipe.js"

test("the same parts give the same key", () => {
  expect(contentKey(["go.mod", "flags"])).toBe(contentKey(["go.mod", "flags"]))
  expect(contentKey(["go.mod", "flags"])).toMatch(/^[0-9a-f]{16}$/)
})

test.each([
  [
    ["ab", "c"],
    ["a", "bc"],
  ],
  [["a"], ["a", ""]],
  [
    ["a", "b"],
    ["b", "a"],
  ],
])("%j and %j have different keys", (one, other) => {
  expect(contentKey(one)).not.toBe(contentKey(other))
})
