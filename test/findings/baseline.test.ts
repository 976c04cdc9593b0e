import { describe, expect, it } from "vitest"
import { entryOf, parseBaseline, renderBaseline } from "../../src/findings/baseline.js"
import { finding } from "../cli/reports.js"

const entry = (differs: Parameters<typeof finding>[0] = {}) => entryOf("lint", finding(differs))

describe("renderBaseline", () => {
  it("is sorted by file, one entry a line, without line numbers", () => {
    expect(renderBaseline([entry({ file: "b.py", fingerprint: "2" }), entry({ file: "a.py", fingerprint: "1" })])).toBe(
      [
        "{",
        '  "schema": 1,',
        '  "findings": [',
        '    {"stage":"lint","tool":"ruff","rule":"F401","file":"a.py","message":"`os` imported but unused","fingerprint":"1"},',
        '    {"stage":"lint","tool":"ruff","rule":"F401","file":"b.py","message":"`os` imported but unused","fingerprint":"2"}',
        "  ]",
        "}",
        "",
      ].join("\n"),
    )
  })

  it("is the same whatever the order, and has once what several cells found", () => {
    const entries = [entry({ fingerprint: "1" }), entry({ fingerprint: "2" }), entry({ fingerprint: "1" })]
    expect(renderBaseline(entries)).toBe(renderBaseline([...entries].reverse().slice(0, 2)))
  })

  it("is read back as it was", () => {
    const entries = [entry()]
    expect(parseBaseline(renderBaseline(entries), "b.json")).toEqual({ file: "b.json", entries })
    expect(parseBaseline(renderBaseline([]), "b.json").entries).toEqual([])
  })
})

describe("parseBaseline", () => {
  it.each([
    ["the marks of a merge", '<<<<<<< HEAD\n{"schema": 1}'],
    ["another schema", '{"schema": 2, "findings": []}'],
    ["an entry without fingerprint", '{"schema": 1, "findings": [{"stage": "lint"}]}'],
    ["nothing", ""],
  ])("refuses %s by the file's name", (_, text) => {
    expect(() => parseBaseline(text, "known.json")).toThrow(
      expect.objectContaining({ code: "BROKEN_BASELINE", message: expect.stringContaining("known.json") }),
    )
  })
})
