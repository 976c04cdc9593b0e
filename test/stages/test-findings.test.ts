import { describe, expect, it } from "vitest"
import { adviceOnMissing } from "../../src/stages/missing-modules.js"
import { failureFinding, missingModules } from "../../src/stages/test-findings.js"
import type { FailureRecord } from "../../src/stages/test-records.js"
import { fakeProject } from "../pipeline/fakes.js"

function helpFor(message: string, { detail = "", pin }: { detail?: string; pin?: string } = {}) {
  const project = { ...fakeProject(), ...(pin === undefined ? {} : { tools: { pytest: { pin } } }) }
  const failure: FailureRecord = {
    ...{ test: "tests/test_a.py::test_a", category: "failed", when: "call", message, detail, output: [] },
  }
  const missing = adviceOnMissing(missingModules([failure], project), { project, stage: "test" })
  return failureFinding(failure, { project, missing, pytest: "9.2.0" }).help
}

describe("what to do about a failing test", () => {
  it.each([
    // Messages as CPython writes them, in the tests of python-slugify 9.2.0 and tabulate 0.10.0.
    ["ModuleNotFoundError: No module named 'tools'", 'include = ["tools/**"]'],
    ["ModuleNotFoundError: No module named 'numpy.linalg'", 'requirements = ["numpy"]'],
    ["ModuleNotFoundError: No module named 'demo.extra'", "see what the backend packs"],
    ["FileNotFoundError: [Errno 2] No such file or directory: '/work/README.md'", 'include = ["README.md"]'],
    // pytest-examples 0.0.17 in the tests of pydantic-settings 2.9.1.
    ["ValueError: Not a file or directory: '/work/docs'", 'include = ["docs"]'],
    // As babel 2.17.0 opens its data, where the working directory is the project's.
    ["FileNotFoundError: [Errno 2] No such file or directory: 'src/demo/x.dat'", 'include = ["src/demo/x.dat"]'],
    [
      `OSError: b"/opt/venv/bin/python: can't open file '/work/src/demo/__init__.py': [Errno 2] No such file or directory"`,
      "its sources are out of reach, on purpose",
    ],
  ])("that says %s", (message, expected) => {
    expect(helpFor(message)).toContain(expected)
  })

  // As pytest 9.2.0 says it in the tests of python-dateutil 2.9.0.post0, which make warnings errors.
  const outgrown = "pytest.PytestRemovedIn10Warning: Passing a non-Collection iterable to parametrize is deprecated."

  it("names an older pytest where the tests are older than the one that was chosen", () => {
    expect(helpFor(outgrown)).toContain(
      'pytest 9.2.0; name one that they know: [tool.quillon.test] requirements = ["pytest<9"]',
    )
    expect(helpFor("Failed", { detail: `E   ${outgrown}` })).toContain('"pytest<9"')
  })

  it("leaves the project's own pin of pytest alone", () => {
    expect(helpFor(outgrown, { pin: "==9.2.0" })).toBeUndefined()
  })

  it("is left to the person otherwise", () => {
    expect(helpFor("FileNotFoundError: [Errno 2] No such file or directory: '/tmp/x'")).toBeUndefined()
  })
})
