import { expect, test } from "vitest"
import { refuseIgnoredPackage, refuseStrangers } from "../../src/project/presence.js"
import { takeSnapshot } from "../../src/project/snapshot.js"
import { memoryFiles } from "./memory-files.js"
import { snapshotOf } from "./snapshot-of.js"

test.each<[string, string[]]>([
  ["an empty folder", []],
  ["a JavaScript project", ["package.json", "src/index.js"]],
  ["Python deep inside", ["docs/conf.py", "tests/setup.py"]],
])("%s is no Python project", async (_, empty) => {
  const snapshot = await snapshotOf({}, empty)
  expect(() => refuseStrangers(snapshot)).toThrow(
    expect.objectContaining({ code: "NOT_A_PYTHON_PROJECT", kind: "usage" }),
  )
})

test("a project one folder down is named", async () => {
  const snapshot = await snapshotOf({}, ["backend/pyproject.toml", "frontend/package.json"])
  expect(() => refuseStrangers(snapshot)).toThrow(
    expect.objectContaining({ next: expect.stringContaining("quillon ci backend") }),
  )
})

test.each<[string, Record<string, string>]>([
  ["two folders with a project each", {}],
  ["a pyproject.toml that only configures tools", { "pyproject.toml": "[tool.ruff]", "noxfile.py": "" }],
  ["the root of a workspace that is no project", { "pyproject.toml": '[tool.uv.workspace]\nmembers = ["packages/*"]' }],
])("%s: all are named, and a path chooses", async (_, files) => {
  const snapshot = await snapshotOf(files, ["packages/a/pyproject.toml", "packages/b/setup.py", "tests/c/setup.py"])
  expect(() => refuseStrangers(snapshot)).toThrow(
    expect.objectContaining({
      code: "SEVERAL_PROJECTS",
      message: expect.stringContaining("packages/a, packages/b"),
      next: expect.stringContaining("quillon ci packages/a"),
    }),
  )
})

test.each<[string, string[]]>([
  ["pyproject.toml", ["pyproject.toml"]],
  ["setup.py", ["setup.py"]],
  ["requirements", ["requirements-dev.txt"]],
  ["a folder of requirements", ["requirements/base.txt"]],
  ["a script", ["main.py"]],
  ["a setup.cfg without anything but a name beside it", ["setup.py", "setup.cfg"]],
  ["a project with others below it", ["main.py", "plugins/a/pyproject.toml", "plugins/b/pyproject.toml"]],
])("%s makes a Python project", async (_, empty) => {
  const snapshot = await snapshotOf({}, empty)
  expect(() => refuseStrangers(snapshot)).not.toThrow()
})

test("a package that git ignores is an error that names it", async () => {
  const files = memoryFiles({ "pyproject.toml": "" }, { "build/__init__.py": "", "src/my_lib/__init__.py": "" })
  await expect(refuseIgnoredPackage(files, await takeSnapshot(files), "my-lib")).rejects.toMatchObject({
    code: "PACKAGE_IGNORED_BY_GIT",
    message: expect.stringContaining("src/my_lib/__init__.py"),
  })
})
