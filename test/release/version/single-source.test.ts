import { expect, test } from "vitest"
import { applyEdits } from "../../../src/release/version/edits.js"
import { fileReadingBackend, readFromVersionFile } from "../../../src/release/version/single-source.js"

const edited = (text: string, backend: "hatchling" | "setuptools") =>
  new TextDecoder().decode(applyEdits(new TextEncoder().encode(text), readFromVersionFile(text, backend)))

test("hatchling reads VERSION, and nothing else of the file changes", () => {
  expect(edited('# c\n[project]\nname = "a"\nversion = "1.0" # v\nx = 1\n', "hatchling")).toBe(
    '# c\n[project]\nname = "a"\ndynamic = ["version"]\nx = 1\n' +
      "\n[tool.hatch.version]\npath = \"VERSION\"\npattern = '^(?P<version>\\S+)$'\n",
  )
})

test("a list of dynamic fields that is there gets one more", () => {
  expect(edited('[project]\r\ndynamic = ["readme"]\r\nversion = "1.0"\r\n', "setuptools")).toBe(
    '[project]\r\ndynamic = ["version", "readme"]\r\n\r\n[tool.setuptools.dynamic]\r\nversion = { file = ["VERSION"] }\r\n',
  )
})

test("a table that is there gets the line", () => {
  expect(edited('[project]\nversion = "1.0"\n[tool.setuptools.dynamic]\nreadme = {file = "R"}\n', "setuptools")).toBe(
    '[project]\ndynamic = ["version"]\n[tool.setuptools.dynamic]\nversion = { file = ["VERSION"] }\nreadme = {file = "R"}\n',
  )
})

test("a last line without line end is no obstacle", () => {
  expect(edited('[project]\nversion = "1.0"', "hatchling")).toMatch(/^\[project\]\ndynamic = \["version"\]\n\n\[tool/)
})

test.each([
  ['project = {name = "a", version = "1.0"}\n', "hatchling"],
  ['[project]\nversion = "1.0"\n[tool.hatch.version]\nsource = "vcs"\n', "hatchling"],
  ['[project]\nversion = "1.0"\n[tool.setuptools]\ndynamic = {readme = {file = "R"}}\n', "setuptools"],
  ['[project]\ndynamic = ["version"]\n', "hatchling"],
] as const)("%j is refused", (text, backend) => {
  expect(() => readFromVersionFile(text, backend)).toThrow(expect.objectContaining({ code: "CANT_READ_VERSION_FILE" }))
})

test.each([
  ["hatchling.build", "hatchling"],
  ["setuptools.build_meta", "setuptools"],
  ["flit_core.buildapi", undefined],
  ["poetry.core.masonry.api", undefined],
  ["uv_build", undefined],
])("%s: %s", (name, backend) => {
  expect(fileReadingBackend(name)).toBe(backend)
})
