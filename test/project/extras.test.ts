import { expect, test } from "vitest"
import { expandExtras, readExtras } from "../../src/project/extras.js"
import { snapshotOf } from "./snapshot-of.js"

test.each<[string, Record<string, string>]>([
  ["[project]", { "pyproject.toml": '[project.optional-dependencies]\ntest = ["pytest"]' }],
  ["flit's table", { "pyproject.toml": '[tool.flit.metadata.requires-extra]\ntest = ["pytest"]' }],
  [
    "poetry's table",
    {
      "pyproject.toml":
        '[tool.poetry.dependencies]\npytest = { version = "*", optional = true }\n[tool.poetry.extras]\ntest = ["pytest"]',
    },
  ],
  ["setup.cfg", { "setup.cfg": "[options.extras_require]\ntest =\n  pytest" }],
  ["setup.py", { "setup.py": 'setup(extras_require={"test": ["pytest"]})' }],
])("extras of %s", async (_, files) => {
  expect(expandExtras(readExtras(await snapshotOf(files)), ["Test"], { name: "x" }).map(({ text }) => text)).toEqual([
    "pytest",
  ])
})

test("an extra that asks for the project with other extras is what these are", async () => {
  const text = '[project.optional-dependencies]\na = ["one"]\nb = ["two"]\nall = ["My_Lib[a,b]", "three"]'
  const extras = readExtras(await snapshotOf({ "pyproject.toml": text }))
  expect(expandExtras(extras, ["all"], { name: "my-lib" }).map((each) => each.text)).toEqual(["one", "two", "three"])
})

test("a circle of extras is an error that shows it and its line", async () => {
  const text = '[project.optional-dependencies]\na = ["x[b]"]\nb = ["x[a]"]'
  const extras = readExtras(await snapshotOf({ "pyproject.toml": text }))
  expect(() => expandExtras(extras, ["a"], { name: "x" })).toThrow(
    expect.objectContaining({
      code: "CIRCULAR_EXTRA",
      message: expect.stringMatching(/^pyproject\.toml:2: .*a → b → a/),
    }),
  )
})
