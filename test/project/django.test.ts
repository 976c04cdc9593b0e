import { describe, expect, it } from "vitest"
import { readTests } from "../../src/project/tests.js"
import { snapshotOf } from "./snapshot-of.js"

const MANAGE = `#!/usr/bin/env python
import os
import sys

def main():
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')
`

const APP = ["shop/__init__.py", "shop/settings.py", "orders/__init__.py", "orders/tests.py"]

async function testsOf(files: Readonly<Record<string, string>>, empty: readonly string[] = APP, inTree = true) {
  const snapshot = await snapshotOf(files, empty)
  return readTests(snapshot, { packages: [], inTree, overrides: { include: [] } }).tests
}

describe("a Django project", () => {
  it("has its tests where its own runner looks, and is run with its settings", async () => {
    expect(await testsOf({ "manage.py": MANAGE })).toMatchObject({
      present: true,
      paths: ["orders"],
      framework: {
        plugins: ["pytest-django"],
        options: ["DJANGO_SETTINGS_MODULE=shop.settings", "python_files=test*.py"],
      },
    })
  })

  it.each([
    ["apps and a folder of their own", [...APP, "tests/__init__.py", "tests/test_all.py"], ["orders", "tests"]],
    [
      "a folder of tests in an app",
      ["orders/__init__.py", "orders/tests/__init__.py", "orders/tests/test_a.py"],
      ["orders"],
    ],
    ["a folder that is no package", [...APP, "tools/test_tool.py"], ["orders"]],
    ["one file at the top", ["tests.py"], ["tests.py"]],
    ["none", ["shop/__init__.py", "shop/settings.py"], []],
  ])("finds what the runner would: %s", async (_, empty, paths) => {
    const tests = await testsOf({ "manage.py": MANAGE }, empty)
    expect([...tests.paths].sort()).toEqual(paths)
    expect(tests.present).toBe(paths.length > 0)
  })

  it.each([
    ["an option of pytest-django", { "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = shop.test\n" }],
    ["a word of the command line", { "setup.cfg": "[tool:pytest]\naddopts = --ds=shop.test\n" }],
    ["TOML", { "pyproject.toml": '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "shop.test"\n' }],
  ])("keeps the settings that pytest is configured with: %s", async (_, files) => {
    const { framework } = await testsOf({ "manage.py": MANAGE, ...files })
    expect(framework?.options).toEqual(["python_files=test*.py"])
  })

  it("keeps the names of test files that pytest is configured with", async () => {
    const files = { "manage.py": MANAGE, "pytest.ini": "[pytest]\npython_files = check_*.py\n" }
    expect((await testsOf(files)).framework?.options).toEqual(["DJANGO_SETTINGS_MODULE=shop.settings"])
  })

  it("is no other program's manage.py, and no package that is installed", async () => {
    expect((await testsOf({ "manage.py": "print('hello')\n" })).framework).toBeUndefined()
    expect((await testsOf({ "manage.py": MANAGE }, APP, false)).framework).toBeUndefined()
  })
})
