import { expect, test } from "vitest"
import { readBackend } from "../../src/project/backend.js"
import { snapshotOf } from "./snapshot-of.js"

test.each([
  ["hatchling.build", "hatchling"],
  ["setuptools.build_meta", "setuptools"],
  ["setuptools.build_meta:__legacy__", "setuptools"],
  ["flit_core.buildapi", "flit"],
  ["flit.buildapi", "flit"],
  ["poetry.core.masonry.api", "poetry"],
  ["poetry.masonry.api", "poetry"],
  ["pdm.backend", "pdm"],
  ["pdm.pep517.api", "pdm"],
  ["uv_build", "uv"],
  ["maturin", "maturin"],
  ["mesonpy", "meson"],
  ["scikit_build_core.build", "scikit-build"],
  ["whey", "other"],
])("the backend %s is of the family %s", async (name, family) => {
  const snapshot = await snapshotOf({ "pyproject.toml": `[build-system]\nrequires = ["a"]\nbuild-backend = "${name}"` })
  expect(readBackend(snapshot)).toMatchObject({
    name,
    family,
    requires: ["a"],
    origin: { file: "pyproject.toml", line: 3 },
  })
})

test("an in-tree backend is of the family that it wraps", async () => {
  const text = '[build-system]\nrequires = ["setuptools>=61"]\nbuild-backend = "backend"\nbackend-path = ["_build"]'
  const backend = readBackend(await snapshotOf({ "pyproject.toml": text }))
  expect(backend).toMatchObject({ name: "backend", family: "setuptools", path: ["_build"] })
})

test.each([
  ["setup.py alone", { "setup.py": "setup()" }],
  ["a [build-system] without a backend", { "pyproject.toml": "[build-system]\nrequires = []" }],
  ["setup.cfg with metadata", { "setup.cfg": "[metadata]\nname = x" }],
])("%s is built by the legacy backend of setuptools", async (_, files: Record<string, string>) => {
  expect(readBackend(await snapshotOf(files))?.name).toBe("setuptools.build_meta:__legacy__")
})

test.each([
  ["tool settings alone", { "pyproject.toml": "[tool.ruff]", "setup.cfg": "[flake8]\nignore = E1" }],
  ["[project] without [build-system]", { "pyproject.toml": '[project]\nname = "x"' }],
])("%s names no backend", async (_, files: Record<string, string>) => {
  expect(readBackend(await snapshotOf(files))).toBeUndefined()
})
