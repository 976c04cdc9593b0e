import { describe, expect, it } from "vitest"
import { failureFinding } from "../../src/stages/test-findings.js"
import { fakeProject } from "../pipeline/fakes.js"

const helpFor = (message: string) =>
  failureFinding(
    { test: "tests/test_a.py::test_a", category: "failed", when: "call", message, detail: "", output: [] },
    fakeProject(),
  ).help

describe("what to do about a failing test", () => {
  it.each([
    // Messages as CPython writes them, in the tests of python-slugify 9.2.0 and tabulate 0.10.0.
    ["ModuleNotFoundError: No module named 'tools'", 'include = ["tools/**"]'],
    ["ModuleNotFoundError: No module named 'numpy.linalg'", 'requirements = ["numpy"]'],
    ["ModuleNotFoundError: No module named 'demo.extra'", "see what the backend packs"],
    ["FileNotFoundError: [Errno 2] No such file or directory: '/work/README.md'", 'include = ["README.md"]'],
    [
      `OSError: b"/opt/venv/bin/python: can't open file '/work/src/demo/__init__.py': [Errno 2] No such file or directory"`,
      "its sources are out of reach, on purpose",
    ],
  ])("that says %s", (message, expected) => {
    expect(helpFor(message)).toContain(expected)
  })

  it("is left to the person otherwise", () => {
    expect(helpFor("FileNotFoundError: [Errno 2] No such file or directory: '/tmp/x'")).toBeUndefined()
  })
})
