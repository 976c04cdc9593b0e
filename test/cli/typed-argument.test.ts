import { expect, test } from "vitest"
import { typedArgument, typedFolder } from "../../cli/typed-argument.js"

test.each([
  ["test@3.11", "test@3.11"],
  ["--out=/tmp/a", "--out=/tmp/a"],
  ["a b", "'a b'"],
  ["it's", "'it'\\''s'"],
  ["$(x)", "'$(x)'"],
  ["", "''"],
])("%s is typed as %s", (argument, typed) => {
  expect(typedArgument(argument)).toBe(typed)
})

test("the folder that one is in needs no word", () => {
  expect([typedFolder("."), typedFolder("my project")]).toEqual(["", " 'my project'"])
})
