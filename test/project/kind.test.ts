import { expect, test } from "vitest"
import { readBackend } from "../../src/project/backend.js"
import { readKind } from "../../src/project/kind.js"
import { snapshotOf } from "./snapshot-of.js"

const project = '[project]\nname = "my-app"\n'
const system = '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\n'

test.each<[string, Record<string, string>, string]>([
  ["a build backend", { "pyproject.toml": `${project}${system}` }, "package"],
  ["setup.py", { "setup.py": "setup()" }, "package"],
  ["setup.cfg metadata", { "setup.cfg": "[metadata]\nname = x" }, "package"],
  [
    "[project] alone beside a package of its name",
    { "pyproject.toml": project, "src/my_app/__init__.py": "" },
    "package",
  ],
  ["[project] alone with settings for setuptools", { "pyproject.toml": `${project}[tool.setuptools]` }, "package"],
  ["[project] alone", { "pyproject.toml": project, "main.py": "" }, "application"],
  [
    "[project] alone with uv's lock",
    { "pyproject.toml": project, "uv.lock": "", "my_app/__init__.py": "" },
    "application",
  ],
  ["uv's package = false", { "pyproject.toml": `${project}${system}[tool.uv]\npackage = false` }, "application"],
  ["poetry's package-mode = false", { "pyproject.toml": "[tool.poetry]\npackage-mode = false" }, "application"],
  ["tool settings and requirements", { "pyproject.toml": "[tool.ruff]", "requirements.txt": "" }, "application"],
  ["a [build-system] that has nothing to build", { "pyproject.toml": system, "requirements.txt": "" }, "application"],
])("with %s a project is a(n) %s", async (_, files, kind) => {
  const snapshot = await snapshotOf(files)
  expect(readKind(snapshot, readBackend(snapshot)).kind).toBe(kind)
})

test("the setting wins", async () => {
  const snapshot = await snapshotOf({ "setup.py": "setup()" })
  expect(readKind(snapshot, readBackend(snapshot), "application").kind).toBe("application")
})
