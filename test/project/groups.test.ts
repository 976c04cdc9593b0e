import { expect, test } from "vitest"
import { readGroups } from "../../src/project/groups.js"
import { readToml } from "../../src/project/toml.js"

const texts = (text: string, name: string): readonly string[] =>
  readGroups(readToml(text, "pyproject.toml"))
    .expand(name)
    .map((located) => located.text)

test("an included group is put in its place, whatever the spelling of its name", () => {
  const text = '[dependency-groups]\nTest_Deps = ["pytest"]\ncov = [{ include-group = "test-deps" }, "coverage"]'
  expect(texts(text, "cov")).toEqual(["pytest", "coverage"])
  expect(texts(text, "test.deps")).toEqual(["pytest"])
})

test.each([
  ['[tool.pdm.dev-dependencies]\ndev = ["a"]', "dev", ["a"]],
  ['[tool.uv]\ndev-dependencies = ["a"]', "dev", ["a"]],
  ['[tool.poetry.dev-dependencies]\na = "^1.2"', "dev", ["a>=1.2,<2"]],
  ['[tool.poetry.group.test.dependencies]\na = "*"', "test", ["a"]],
])("older groups are read: %s", (text, name, expected) => {
  expect(texts(text, name)).toEqual(expected)
})

test("a circle of groups is an error that shows it", () => {
  const text = '[dependency-groups]\na = [{ include-group = "b" }]\nb = [{ include-group = "a" }]'
  expect(() => texts(text, "a")).toThrow(
    expect.objectContaining({ code: "CIRCULAR_GROUP", message: expect.stringContaining("a → b → a") }),
  )
})

test("a group that does not exist is an error with its line", () => {
  const text = '[dependency-groups]\na = ["x",\n  { include-group = "gone" }]'
  expect(() => texts(text, "a")).toThrow(
    expect.objectContaining({ code: "UNKNOWN_GROUP", message: expect.stringMatching(/^pyproject\.toml:3: .*"gone"/) }),
  )
})
