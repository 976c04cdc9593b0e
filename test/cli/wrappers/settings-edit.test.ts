import { expect, test } from "vitest"
import { addCiSettings } from "../../../cli/wrappers/settings-edit.js"

const PROJECT = '[project]\nname = "demo"\n'
const add = (own: string | undefined, pyproject: string | undefined) =>
  addCiSettings({ systems: ["github"] }, { own, pyproject })

test("without settings a file of its own is made, and pyproject.toml stays", () => {
  expect(add(undefined, PROJECT)).toEqual({
    path: "quillon.toml",
    before: undefined,
    after: '[ci]\nsystems = ["github"]\n',
  })
})

test.each<[string, string | undefined, string, string, string]>([
  ["quillon.toml", "jobs = 2\n", PROJECT, "quillon.toml", 'jobs = 2\n\n[ci]\nsystems = ["github"]\n'],
  [
    "pyproject.toml",
    undefined,
    `${PROJECT}\n[tool.quillon]\njobs = 2\n`,
    "pyproject.toml",
    `${PROJECT}\n[tool.quillon]\njobs = 2\n\n[tool.quillon.ci]\nsystems = ["github"]\n`,
  ],
])("settings in %s are added to", (_, own, pyproject, path, after) => {
  expect(add(own, pyproject)).toMatchObject({ path, after })
})

test.each<[string, string | undefined, string]>([
  ["a table of the same name", "[ci]\n", PROJECT],
  ["a table in one line", undefined, `${PROJECT}[tool]\nquillon = { jobs = 2 }\n`],
])("%s is left to its owner", (_, own, pyproject) => {
  expect(add(own, pyproject)).toBeUndefined()
})

test("nothing to add is no edit", () => {
  expect(addCiSettings({}, { own: undefined, pyproject: PROJECT })).toBeUndefined()
})
