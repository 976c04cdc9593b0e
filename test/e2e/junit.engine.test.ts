import { readFile, rm } from "node:fs/promises"
import { dirname, join } from "node:path"
import { dag } from "@dagger.io/dagger"
import { expect, test } from "vitest"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { withEngine } from "../engine-session.js"
import { quillon } from "./quillon.js"
import { smallProject } from "./small-project.js"

const TESTS = `import unittest

import pytest
from small import double


@pytest.mark.parametrize("n", [1, 2, 3])
def test_n(n):
    assert double(n) != 4


@pytest.mark.skip(reason="not now")
def test_skipped():
    pass


@pytest.mark.xfail
def test_expected():
    raise AssertionError


class TestUnit(unittest.TestCase):
    def test_parts(self):
        for n in range(3):
            with self.subTest(n=n):
                self.assertLess(n, 5)
`

/** `name outcome` of each test case, names as pytest writes them. */
function casesOf(xml: string): readonly string[] {
  const found = [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*?(?:\/>|>\s*<(\w+))/g)]
  return found.map(([, classname = "", name = "", body = "passed"]) => {
    const [file = "", ...parts] = name.split("::")
    const id = parts.length === 0 ? [classname, name] : [file.replace(/\.py$/, "").replaceAll("/", "."), ...parts]
    return `${id.join(".")} ${body}`
  })
}

test("the run's junit.xml lists the tests that pytest's own does, with the same outcomes", async () => {
  const cwd = await smallProject({ "tests/test_zoo.py": TESTS })
  try {
    await quillon(["ci", "--only", "test"], { cwd })
    const ours = await readFile(join(cwd, ".quillon/runs/latest/junit.xml"), "utf8")
    const suite = /<testsuite name="test@3\.13"[\s\S]*?<\/testsuite>/.exec(ours)?.[0] ?? ""
    await withEngine(async () => {
      const pytest = createToolchain({ dag, settings: { python: {} } })
        .environment({ python: "3.13", tools: ["pytest==9.2.0"] })
        .withNewFile("/plain/small.py", "def double(n):\n    return 2 * n\n")
        .withNewFile("/plain/tests/test_double.py", await readFile(join(cwd, "tests/test_double.py"), "utf8"))
        .withNewFile("/plain/tests/test_zoo.py", TESTS)
        .withWorkdir("/plain")
        .withExec(["sh", "-c", "python -m pytest -q --junitxml=/tmp/junit.xml || true"])
      expect([...casesOf(suite)].sort()).toEqual([...casesOf(await pytest.file("/tmp/junit.xml").contents())].sort())
    })
    expect(casesOf(suite)).toContain("tests.test_zoo.test_n[2] failure")
  } finally {
    await rm(dirname(cwd), { recursive: true, force: true })
  }
})
