import { expect, test } from "vitest"
import { patternsBelow } from "../../src/project/patterns-below.js"

test.each([
  [".", ["src/**"], ["src/**"]],
  [
    "packages/app",
    ["src/**", "/setup.py", "!src/x"],
    ["packages/app/src/**", "packages/app/setup.py", "!packages/app/src/x"],
  ],
  ["odd[1]", ["a"], ["odd\\[1\\]/a"]],
  ["app", [], ["app/**"]],
])("in %s, %j is %j", (path, include, expected) => {
  expect(patternsBelow(path, { include, exclude: [] }).include).toEqual(expected)
})

test("what is never shown is left out at its place", () => {
  expect(patternsBelow("app", { include: [], exclude: ["docs/**"] }).exclude).toEqual(
    expect.arrayContaining(["app/docs/**", "app/**/.git", "app/**/.venv"]),
  )
})
