import { describe, expect, it } from "vitest"
import { type Draft, normaliseFindings } from "../../src/findings/normalise.js"

const draft = (change: Partial<Draft> = {}): Draft => ({
  tool: "ruff",
  rule: "F401",
  severity: "warning",
  file: "a.py",
  line: 3,
  message: "`os` imported but unused",
  ...change,
})

describe("normaliseFindings", () => {
  it("sorts by file, line, column and rule, whatever the order of the tool", () => {
    const drafts = [draft({ file: "b.py" }), draft({ line: 10 }), draft({ rule: "E1" }), draft({ line: 2 })]
    const sorted = normaliseFindings(drafts).map(({ file, line, rule }) => `${file}:${line} ${rule}`)
    expect(sorted).toEqual(["a.py:2 F401", "a.py:3 E1", "a.py:10 F401", "b.py:3 F401"])
  })

  it("reports once what a tool says twice", () => {
    expect(normaliseFindings([draft(), draft()])).toHaveLength(1)
  })

  it("names a finding the same when its line moved", () => {
    const [before] = normaliseFindings([draft()])
    const [after] = normaliseFindings([draft({ line: 30 })])
    expect(after?.fingerprint).toBe(before?.fingerprint)
  })

  it.each([{ file: "b.py" }, { rule: "F403" }, { message: "`sys` imported but unused" }, { tool: "other" }])(
    "names a finding otherwise when it is another: %o",
    (change) => {
      expect(normaliseFindings([draft(change)])[0]?.fingerprint).not.toBe(normaliseFindings([draft()])[0]?.fingerprint)
    },
  )

  it("tells apart findings that differ in their place alone", () => {
    const prints = normaliseFindings([draft({ line: 1 }), draft({ line: 2 })]).map(({ fingerprint }) => fingerprint)
    expect(new Set(prints).size).toBe(2)
  })

  it("takes escapes and control characters out of what tools say", () => {
    const [finding] = normaliseFindings([
      draft({ message: "\u001b[31mred\u001b[0m\u0007", detail: "one\r\ntwo\u001b]0;title\u0007\u202e" }),
    ])
    expect(finding).toMatchObject({ message: "red", detail: "one\ntwo" })
  })

  it("makes one line of a message, and forward slashes of a path", () => {
    const [finding] = normaliseFindings([draft({ message: "\n first\nsecond", file: ".\\pkg\\a.py" })])
    expect(finding).toMatchObject({ message: "first", file: "pkg/a.py" })
  })
})
