import { expect, test } from "vitest"
import { nestedEvidence, nestedProjects } from "../../src/project/nested-projects.js"
import { readPackages } from "../../src/project/packages.js"
import { snapshotOf } from "./snapshot-of.js"

test("projects below the project are found two levels down, and not among tests, docs and examples", () => {
  const paths = ["packages/a/pyproject.toml", "tools/b/c/setup.py", "tests/data/x/setup.py", "examples/e/setup.cfg"]
  expect(nestedProjects(["pyproject.toml", ...paths])).toEqual(["packages/a", "tools/b/c"])
})

test("inspect names them with what to type", () => {
  expect(nestedEvidence({ paths: ["other/setup.py"] })).toMatchObject([
    { fact: "other projects", value: "other", change: expect.stringContaining("quillon ci other") },
  ])
  expect(nestedEvidence({ paths: ["setup.py"] })).toEqual([])
})

test("the packages of a project within the project are its own", async () => {
  const snapshot = await snapshotOf({}, [
    "app/__init__.py",
    "packages/a/pyproject.toml",
    "packages/a/src/small/__init__.py",
  ])
  const { packages } = readPackages(snapshot, { name: undefined, backend: undefined })
  expect(packages.map(({ name }) => name)).toEqual(["app"])
})
