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
