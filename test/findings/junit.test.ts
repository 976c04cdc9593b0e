import { describe, expect, test } from "vitest"
import { renderJunit } from "../../src/findings/junit.js"
import { cellReport, finding, reportOf } from "../cli/reports.js"

describe("renderJunit", () => {
  test("a passing cell is a suite with one passing case", () => {
    expect(renderJunit(reportOf([cellReport({ seconds: 0.5 })]))).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="parcels" tests="1" failures="0" errors="0" skipped="0" time="4.200" timestamp="2026-11-24T05:30:12.000Z">',
        '  <testsuite name="lint" time="0.500" tests="1" failures="0" errors="0" skipped="0">',
        '    <testcase classname="lint" name="lint"/>',
        "  </testsuite>",
        "</testsuites>",
        "",
      ].join("\n"),
    )
  })

  test("every finding of a failed cell is a failed case with its place", () => {
    const xml = renderJunit(reportOf([cellReport({ outcome: "failed", findings: [finding()] })]))
    expect(xml).toContain('<testcase classname="lint" name="F401 src/a.py:3:8" file="src/a.py" line="3">')
    expect(xml).toContain('<failure message="`os` imported but unused">`os` imported but unused</failure>')
  })

  test("what could not look is an error, never a pass", () => {
    const xml = renderJunit(reportOf([cellReport({ outcome: "errored", reason: "no network", detail: "tail" })]))
    expect(xml).toContain('errors="1"')
    expect(xml).toContain('<error message="no network">no network\n\ntail</error>')
  })

  test("a skipped cell says why", () => {
    const xml = renderJunit(reportOf([cellReport({ outcome: "skipped", reason: "build failed" })]))
    expect(xml).toContain('<skipped message="build failed"/>')
  })

  test("a test cell has pytest's counts, its errors apart from its failures", () => {
    const tests = { passed: 10, failed: 1, skipped: 2, xfailed: 1, xpassed: 1, errors: 1 }
    const findings = [finding({ rule: "failed" }), finding({ rule: "error" })]
    const xml = renderJunit(
      reportOf([cellReport({ stage: "test", cell: "3.11", outcome: "failed", measures: { tests }, findings })]),
    )
    expect(xml).toContain('<testsuite name="test@3.11" time="1.000" tests="16" failures="1" errors="1" skipped="3">')
  })

  test("tests that did not fail are listed beside the failing ones, in JUnit's words", () => {
    const tests = { passed: 1, failed: 1, skipped: 1, xfailed: 1, xpassed: 0, errors: 0 }
    const failing = finding({ tool: "pytest", rule: "failed", subject: "tests/t.py::test_b", file: "tests/t.py" })
    const listed = {
      "test@3.11": [
        { test: "tests/t.py::test_a[<x>]", outcome: "passed", seconds: 0.25 },
        { test: "tests/t.py::test_s", outcome: "skipped", seconds: 0 },
        { test: "tests/t.py::test_x", outcome: "xfailed", seconds: 0 },
      ],
    } as const
    const cell = cellReport({
      stage: "test",
      cell: "3.11",
      outcome: "failed",
      measures: { tests },
      findings: [failing],
    })
    const xml = renderJunit(reportOf([cell]), listed)
    expect(xml).toContain('<testsuite name="test@3.11" time="1.000" tests="4" failures="1" errors="0" skipped="2">')
    expect(xml.match(/<testcase /g)).toHaveLength(4)
    expect(xml).toContain('name="tests/t.py::test_a[&lt;x&gt;]" file="tests/t.py" time="0.2500"/>')
    expect(xml).toContain('name="tests/t.py::test_s" file="tests/t.py" time="0.0000"><skipped/></testcase>')
    expect(xml).toContain('<skipped message="expected to fail"/>')
  })

  test("a failing test beyond what findings hold is a failure too", () => {
    const tests = { passed: 0, failed: 2, skipped: 0, xfailed: 0, xpassed: 0, errors: 0 }
    const cell = cellReport({ stage: "test", outcome: "failed", measures: { tests }, findings: [finding()] })
    const xml = renderJunit(reportOf([cell]), { test: [{ test: "t.py::test_z", outcome: "failed", seconds: 1 }] })
    expect(xml).toContain('tests="2" failures="2"')
    expect(xml).toContain('name="t.py::test_z" file="t.py" time="1.0000"><failure message="failed"/></testcase>')
  })

  test("a passing test cell lists its tests and no case of its own", () => {
    const tests = { passed: 1, failed: 0, skipped: 0, xfailed: 0, xpassed: 0, errors: 0 }
    const cell = cellReport({ stage: "test", cell: "3.11", measures: { tests } })
    const xml = renderJunit(reportOf([cell]), {
      "test@3.11": [{ test: "t.py::test_a", outcome: "passed", seconds: 0 }],
    })
    expect(xml.match(/<testcase .*/g)).toEqual([
      '<testcase classname="test@3.11" name="t.py::test_a" file="t.py" time="0.0000"/>',
    ])
  })

  test("a failing test has its id for a name, and its output in the text, which is what GitLab shows", () => {
    const tests = { passed: 0, failed: 1, skipped: 0, xfailed: 0, xpassed: 0, errors: 0 }
    const failing = finding({
      tool: "pytest",
      rule: "failed",
      subject: "tests/test_a.py::test_b[1]",
      file: "tests/test_a.py",
      message: "tests/test_a.py::test_b[1]: assert 1 == 2",
      detail: "E  assert 1 == 2\n--- stdout ---\nhello",
    })
    const xml = renderJunit(
      reportOf([cellReport({ stage: "test", outcome: "failed", measures: { tests }, findings: [failing] })]),
    )
    expect(xml).toContain('name="tests/test_a.py::test_b[1]" file="tests/test_a.py" line="3">')
    expect(xml).toContain(">tests/test_a.py::test_b[1]: assert 1 == 2\n\nE  assert 1 == 2\n--- stdout ---\nhello<")
  })

  test("two cases never have one name, because GitLab keeps the last of them only", () => {
    const xml = renderJunit(reportOf([cellReport({ outcome: "failed", findings: [finding(), finding()] })]))
    const names = [...xml.matchAll(/testcase classname="lint" name="([^"]+)"/g)].map(([, name]) => name)
    expect(names).toEqual(["F401 src/a.py:3:8", "F401 src/a.py:3:8 (2)"])
  })

  test("what the baseline has is no failure", () => {
    const findings = [finding({ baselined: "f1" }), finding({ line: 9 })]
    const xml = renderJunit(reportOf([cellReport({ outcome: "failed", findings })]))
    expect(xml).toContain('<testsuite name="lint" time="1.000" tests="1" failures="1"')
    expect(xml).not.toContain("src/a.py:3:8")
  })

  test("paths are those of the repository, where forges look for them", () => {
    const report = reportOf([cellReport({ outcome: "failed", findings: [finding()] })], {
      project: { name: "x", path: "libs/x" },
    })
    expect(renderJunit(report)).toContain('file="libs/x/src/a.py"')
  })

  test("nothing that a tool says breaks the XML", () => {
    const message = `</failure> & "quoted" \u0000\u001b[31m \ud800 ]]>`
    const xml = renderJunit(reportOf([cellReport({ outcome: "failed", findings: [finding({ message })] })]))
    expect(xml).toContain("&lt;/failure&gt; &amp; &quot;quoted&quot; \ufffd\ufffd[31m \ufffd ]]&gt;")
  })
})
