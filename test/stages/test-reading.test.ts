import { describe, expect, it } from "vitest"
import type { Exit } from "../../src/pipeline/command.js"
import { testGate } from "../../src/stages/test-gate.js"
import { readTest } from "../../src/stages/test-reading.js"
import { executed, maybeTranscript, reading } from "./transcripts.js"

function read(name: string, exit: number | Exit) {
  const reports = Object.fromEntries(
    ["running.json", "failures.jsonl", "outcomes.json"].map((file) => [
      file,
      maybeTranscript(`pytest/${name}/${file}`),
    ]),
  )
  const stdout = maybeTranscript(`pytest/${name}/stdout.txt`) ?? ""
  const stderr = maybeTranscript(`pytest/${name}/stderr.txt`) ?? ""
  return readTest([executed({ command: "pytest", exit, reports, stdout, stderr })], reading())
}

function looked(name: string, exit: number | Exit) {
  const result = read(name, exit)
  if (result.kind !== "looked") throw new Error(result.reason)
  return result
}

describe("readTest", () => {
  it("counts as pytest's last line does: 8 failed, 4 passed, 2 skipped, 1 deselected, 1 xfailed, 1 xpassed, 4 errors", () => {
    const { measures } = looked("zoo", 1)
    expect(measures.tests).toEqual({ passed: 4, failed: 8, skipped: 2, xfailed: 1, xpassed: 1, errors: 4 })
    expect(measures.deselected).toBe(1)
    expect(maybeTranscript("pytest/zoo/stdout.txt")).toContain(
      "8 failed, 4 passed, 2 skipped, 1 deselected, 1 xfailed, 1 xpassed, 1 warning, 4 errors",
    )
  })

  it("places each failure and carries its output", () => {
    const { findings } = looked("zoo", 1)
    const failing = findings.find(({ message }) => message.includes("test_fail:"))
    expect(failing).toMatchObject({
      rule: "failed",
      file: "tests/test_zoo.py",
      line: 17,
      message: "tests/test_zoo.py::test_fail: AssertionError: assert {'a': 1} == {'a': 2}",
    })
    expect(failing?.detail).toContain("on stdout")
  })

  it("points at the test's own line when the error came from deeper", () => {
    const deep = looked("zoo", 1).findings.find(({ message }) => message.includes("ValueError: deep 3"))
    expect(deep).toMatchObject({ file: "tests/test_zoo.py" })
  })

  it("tells errors around a test from failures in it", () => {
    const { findings } = looked("zoo", 1)
    expect(findings.filter(({ rule }) => rule === "error").map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining("test_teardown at teardown: RuntimeError: no teardown")]),
    )
  })

  it("names a missing import and the setting that adds it", () => {
    const missing = looked("zoo", 1).findings.find(({ message }) => message.includes("No module named 'numpyx'"))
    expect(missing).toMatchObject({ rule: "error", help: expect.stringContaining('requirements = ["numpyx"]') })
  })

  it.each([
    [{ error: 3, deselected: 1, warnings: 2 }, "none"],
    [{ error: 3, skipped: 1 }, "some"],
    [{ passed: 1 }, "some"],
  ])("tells coverage whether any test ran: %j", (counts, expected) => {
    const running = JSON.stringify({ phase: "end", test: null, counts })
    const outcomes = JSON.stringify({
      ...{ counts, exit: 2, failures: 3, slowest: [], order: null, workers: 0, python: "3.11.7", versions: {} },
    })
    const reports = { "running.json": running, "outcomes.json": outcomes }
    expect(readTest([executed({ command: "pytest", exit: 2, reports })], reading())).toMatchObject({
      artifacts: [{ kind: "coverage-data", facts: { "tests-run": expected } }],
    })
  })

  it("leaves no terminal escape in a finding", () => {
    expect(JSON.stringify(looked("zoo", 1).findings)).not.toContain("\\u001b")
  })

  it.each([
    ["crash", { kind: "signalled", signal: "SIGSEGV" }, "crashed", /test_b\.py::test_dies was ended by SIGSEGV/],
    ["hang", { kind: "timed-out", seconds: 2 }, "timed-out", /test_b\.py::test_hangs still ran after 2 s/],
    ["leaves", { kind: "exited", code: 0 }, "exited", /test_b\.py::test_leaves ended the whole process/],
  ] as const)("keeps the counts and names the test that ran: %s", (name, exit, rule, message) => {
    const result = looked(name, exit)
    expect(result.measures).toMatchObject({ complete: false, tests: { passed: 1, failed: 1 } })
    expect(result.findings.find((finding) => finding.rule === rule)?.message).toMatch(message)
    expect(testGate.judge(result, reading().settings).passed).toBe(false)
  })

  it("fails where pytest is not content though all tests passed", () => {
    const result = looked("threshold", 1)
    expect(result.findings).toMatchObject([
      {
        rule: "exit-code",
        message: expect.stringContaining("total of 33 is less than fail-under=95"),
      },
    ])
    expect(testGate.judge(result, reading().settings).passed).toBe(false)
  })

  it.each([
    ["usage", 4, /unrecognized arguments: --no-such-option/],
    ["conftest", 4, /No module named 'no_such_module'/],
    ["plugin", 3, /broken plugin/],
    ["nothing", 5, /found no test/],
  ])("could not look, whatever was written: %s", (name, exit, reason) => {
    expect(read(name, exit)).toMatchObject({ kind: "errored", reason: expect.stringMatching(reason) })
  })

  it.each([
    // tqdm 4.67.1 on 3.9, whose argparse names another program; pluggy 1.6.0 with the conftest.py of wrapt 1.17.2.
    [
      4,
      `ERROR: usage: __main__.py [options] [file_or_dir] [file_or_dir] [...]
__main__.py: error: unrecognized arguments: --asyncio-mode=strict
  inifile: /work/pyproject.toml
`,
      "pytest refused to start: unrecognized arguments: --asyncio-mode=strict",
      'add pytest-asyncio: [tool.quillon.test] requirements = ["pytest-asyncio"]',
    ],
    [
      1,
      `Traceback (most recent call last):
pluggy._manager.PluginValidationError: Plugin '/work/tests/conftest.py' for hook 'pytest_pycollect_makemodule'
hookimpl definition: pytest_pycollect_makemodule(path, parent)
Argument(s) {'path'} are declared in the hookimpl but can not be found in the hookspec
`,
      "pytest ended before it began: pluggy._manager.PluginValidationError",
      'name one that they know: [tool.quillon.test] requirements = ["pytest<9"]',
    ],
  ])("says what to install where pytest does not start with exit code %d", (exit, stderr, reason, next) => {
    expect(readTest([executed({ command: "pytest", exit, reports: {}, stderr })], reading())).toMatchObject({
      kind: "errored",
      reason: expect.stringContaining(reason),
      next: expect.stringContaining(next),
    })
  })

  it("tells of tests that fail only in parallel, and passes where one process passed", () => {
    const failing = { test: "tests/test_a.py::test_shared", category: "failed", message: "AssertionError: file exists" }
    const reports = {
      "running.json": JSON.stringify({ phase: "end", test: null, counts: { passed: 2 } }),
      "outcomes.json": JSON.stringify({
        ...{ counts: { passed: 2 }, exit: 0, failures: 0, slowest: [["tests/test_a.py::test_shared", 0.5]] },
        ...{ order: null, workers: 0, python: "3.11.7", versions: {} },
      }),
      "parallel-failures.jsonl": `${JSON.stringify(failing)}\n`,
    }
    const result = readTest([executed({ command: "pytest", reports })], reading())
    if (result.kind !== "looked") throw new Error("could not look")
    expect(result.findings).toMatchObject([{ rule: "only-in-parallel", severity: "note" }])
    expect(testGate.judge(result, reading().settings).passed).toBe(true)
  })

  it("knows no number of deselected tests where pytest-xdist hides it", () => {
    const counts = { passed: 2 }
    const outcomes = {
      counts,
      exit: 0,
      failures: 0,
      slowest: [],
      order: null,
      workers: 2,
      python: "3.11",
      versions: {},
    }
    const reports = {
      "running.json": JSON.stringify({ phase: "end", test: null, counts }),
      "outcomes.json": JSON.stringify(outcomes),
    }
    const result = readTest([executed({ command: "pytest", reports })], reading())
    expect(result.kind === "looked" && result.measures.deselected).toBeNull()
  })

  it.each([0, 1])("is never green without pytest's own word: exit code %d", (exit) => {
    expect(readTest([executed({ command: "pytest", exit })], reading()).kind).toBe("errored")
  })
})
