import { expect, test } from "vitest"
import type { Project } from "../../src/project/project.js"
import { testTargets } from "../../src/project/test-targets.js"

test("tests beside packages go by path, tests inside them by the name under which they are installed", () => {
  const project = {
    packages: [
      { name: "a.b", kind: "package", path: "src/a/b" },
      { name: "single", kind: "module", path: "single.py" },
    ],
    tests: { paths: ["tests", "src/a/b", "src/a/b/tests", "src/a/b/c/test_x.py"] },
  } as unknown as Project
  expect(testTargets(project)).toEqual({ paths: ["tests"], installed: ["a.b", "a.b.tests", "a.b.c.test_x"] })
})

test("packages with examples to run are among the installed ones, each once", () => {
  const packages = [{ name: "demo", kind: "package" as const, path: "src/demo" }]
  const tests = { paths: ["tests", "src/demo"], doctests: true as const } as unknown as Project["tests"]
  expect(testTargets({ packages, tests })).toEqual({ paths: ["tests"], installed: ["demo"] })
})
