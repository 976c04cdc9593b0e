import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { readJunit } from "../../src/findings/read-junit.js"

const RECORDED = readFileSync(join(import.meta.dirname, "../transcripts/own-stage/pytest-junit.xml"), "utf8")

const suite = (cases: string) =>
  `<?xml version="1.0"?><testsuites><testsuite name="s">${cases}</testsuite></testsuites>`

describe("readJunit", () => {
  it("counts the cases that pytest counted", () => {
    expect(readJunit(RECORDED, "unit")?.counts).toEqual({ passed: 1, failed: 1, errors: 1, skipped: 1 })
  })

  it("tells failures from errors and names the case", () => {
    expect(readJunit(RECORDED, "unit")?.drafts).toMatchObject([
      {
        tool: "unit",
        rule: "failed",
        message: expect.stringMatching(/^test_x\.test_bad: AssertionError: one is <not>/),
      },
      { rule: "error", message: 'test_x.test_err: failed on setup with "RuntimeError: no fixture"' },
    ])
  })

  it("keeps the traceback", () => {
    expect(readJunit(RECORDED, "unit")?.drafts[0]?.detail).toContain("E   assert 1 == 2")
  })

  it("believes the cases and not the sums at the head", () => {
    const xml = '<testsuite tests="9" failures="0"><testcase name="a"><failure/></testcase></testsuite>'
    expect(readJunit(xml, "t")?.counts).toEqual({ passed: 0, failed: 1, errors: 0, skipped: 0 })
  })

  it("takes the place that a case names", () => {
    const xml = suite('<testcase name="a" file="spec/a.js" line="7"><failure message="no"/></testcase>')
    expect(readJunit(xml, "t")?.drafts).toMatchObject([{ file: "spec/a.js", line: 7, message: "a: no" }])
  })

  it("reads text in CDATA", () => {
    const xml = suite('<testcase name="a"><failure><![CDATA[a < b]]></failure></testcase>')
    expect(readJunit(xml, "t")?.drafts[0]?.message).toBe("a: a < b")
  })

  it("counts a case once, by the first thing that is said of it", () => {
    const xml = suite('<testcase name="a"><failure message="x"/><error message="y"/></testcase>')
    expect(readJunit(xml, "t")?.counts).toEqual({ passed: 0, failed: 1, errors: 0, skipped: 0 })
  })

  it.each([
    ["nothing", ""],
    ["a page of a proxy", "<html><body>502</body></html>"],
    ["what was cut off", RECORDED.slice(0, 700)],
    ["no XML", "Traceback (most recent call last):"],
    ["an entity of its own", '<!DOCTYPE x [<!ENTITY e "y">]><testsuite><testcase name="&e;"/></testsuite>'],
  ])("has no answer for %s", (_, xml) => {
    expect(readJunit(xml, "t")).toBeUndefined()
  })
})
