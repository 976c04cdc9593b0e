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
    expect(xml).toContain('<testcase classname="lint" name="F401 src/a.py:3" file="src/a.py" line="3">')
    expect(xml).toContain('<failure message="`os` imported but unused"></failure>')
  })

  test("what could not look is an error, never a pass", () => {
    const xml = renderJunit(reportOf([cellReport({ outcome: "errored", reason: "no network", detail: "tail" })]))
    expect(xml).toContain('errors="1"')
    expect(xml).toContain('<error message="no network">tail</error>')
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

  test("nothing that a tool says breaks the XML", () => {
    const message = `</failure> & "quoted" \u0000\u001b[31m \ud800 ]]>`
    const xml = renderJunit(reportOf([cellReport({ outcome: "failed", findings: [finding({ message })] })]))
    expect(xml).toContain("&lt;/failure&gt; &amp; &quot;quoted&quot; \ufffd\ufffd[31m \ufffd ]]&gt;")
  })
})
