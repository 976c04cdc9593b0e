import { expect, test } from "vitest"
import { readToml } from "../../src/project/toml.js"

const TEXT = `# first line
title = "x" # [not.a.table]

[project]
name = "demo"
dependencies = [
  "a>=1", # why
  "b[c]",
]
description = """
[tool.fake]
name = "no"
"""

[project.optional-dependencies]
"test.all" = ['t = 1']

[tool.poetry.dependencies]
python = "^3.9"
inline = { version = "1", extras = ["x",
  "y"] }

[[tool.mypy.overrides]]
module = "first"

[[tool.mypy.overrides]]
module = "second"
[tool.mypy.overrides.inner]
deep = 1
a.b.c = 2
`

test.each([
  [["title"], 2],
  [["project"], 4],
  [["project", "name"], 5],
  [["project", "dependencies", 0], 7],
  [["project", "dependencies", 1], 8],
  [["project", "description"], 10],
  [["project", "optional-dependencies", "test.all"], 16],
  [["tool", "poetry", "dependencies", "inline", "version"], 20],
  [["tool", "poetry", "dependencies", "inline", "extras", 1], 21],
  [["tool", "mypy", "overrides", 0, "module"], 24],
  [["tool", "mypy", "overrides", 1, "module"], 27],
  [["tool", "mypy", "overrides", 1, "inner", "deep"], 29],
  [["tool", "mypy", "overrides", 1, "inner", "a", "b", "c"], 30],
  [["tool", "poetry"], 18],
  [["tool", "mypy"], 23],
  [["tool", "mypy", "overrides"], 23],
])("key %j stands on line %i", (path, line) => {
  expect(readToml(TEXT, "f.toml").origin(...path)).toEqual({ file: "f.toml", line })
})

test("a key that is absent has the line of its nearest table", () => {
  expect(readToml(TEXT, "f.toml").origin("project", "version")).toEqual({ file: "f.toml", line: 4 })
})

test("lines are right with Windows line ends", () => {
  expect(readToml(TEXT.replaceAll("\n", "\r\n"), "f.toml").origin("tool", "mypy", "overrides", 1, "module").line).toBe(
    27,
  )
})

test("broken TOML is an error that names file, line and column", () => {
  expect(() => readToml('[project]\nname = "x"\nversion = = 1\n', "pyproject.toml")).toThrow(
    expect.objectContaining({ code: "BROKEN_TOML", message: expect.stringMatching(/^pyproject\.toml:3:\d+: /) }),
  )
})

test("an integer beyond what a number holds is no error", () => {
  expect(readToml("a = 9223372036854775807\nb = 2", "f").get("b")).toBe(2)
})

test("a value below something that is no table is undefined", () => {
  expect(readToml('a = "text"', "f").get("a", "b", "c")).toBeUndefined()
})
