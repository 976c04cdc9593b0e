import { describe, expect, it } from "vitest"
import { entryOf } from "../../src/findings/baseline.js"
import type { Finding } from "../../src/findings/finding.js"
import { markBaselined } from "../../src/findings/mark-baselined.js"
import { nameFindings } from "../../src/findings/name-findings.js"
import { finding } from "../cli/reports.js"

type Sources = Readonly<Record<string, string>>

/** A finding on each line of these files that says `bad`. */
function lint(sources: Sources) {
  const found = Object.entries(sources).flatMap(([file, text]) =>
    text.split("\n").flatMap((line, at) => (line.includes("bad") ? [finding({ file, line: at + 1 }) as Finding] : [])),
  )
  return nameFindings(found, lineIn(sources))
}

const lineIn =
  (sources: Sources) =>
  ({ file = "", line = 0 }: { file?: string; line?: number }) =>
    sources[file]?.split("\n")[line - 1]

/** Places that are new after a change, of a project whose findings before it are all in the baseline. */
function fresh(before: Sources, after: Sources): readonly string[] {
  const entries = lint(before).map((each) => entryOf("lint", each))
  const gone = Object.keys(before).filter((file) => !(file in after))
  return markBaselined(lint(after), { entries, lineOf: lineIn(after), gone })
    .filter(({ baselined }) => baselined === undefined)
    .map(({ file, line }) => `${file}:${line}`)
}

describe("markBaselined", () => {
  it.each<[string, Sources, Sources, readonly string[]]>([
    ["nothing changed", { "a.py": "bad 1\nbad 2" }, { "a.py": "bad 1\nbad 2" }, []],
    ["lines moved", { "a.py": "bad 1\nbad 2" }, { "a.py": "\n\nbad 2\ngood\n  bad 1" }, []],
    ["one is new", { "a.py": "bad 1" }, { "a.py": "bad 0\nbad 1" }, ["a.py:1"]],
    ["a line with a known finding was edited", { "a.py": "bad 1" }, { "a.py": "bad one" }, ["a.py:1"]],
    ["a known line was copied", { "a.py": "bad\nbad" }, { "a.py": "bad\nbad\nbad" }, ["a.py:3"]],
    ["a known line was copied into another file", { "a.py": "bad" }, { "a.py": "bad", "b.py": "bad" }, ["b.py:1"]],
    ["a file was renamed", { "a.py": "bad 1\nbad 2" }, { "b.py": "bad 1\nbad 2" }, []],
    ["a file was renamed and got one more", { "a.py": "bad 1" }, { "b.py": "bad 1\nbad 2" }, ["b.py:2"]],
    [
      "two files were renamed",
      { "a.py": "bad 1\nbad 2", "b.py": "bad 1" },
      { "c.py": "bad 1\nbad 2", "d.py": "bad 1" },
      [],
    ],
    ["a file was dropped and two like it came", { "a.py": "bad" }, { "b.py": "bad", "c.py": "bad" }, ["c.py:1"]],
    ["one with duplicates was renamed", { "a.py": "bad\nbad" }, { "b.py": "bad\nbad" }, []],
  ])("when %s, new is what the baseline has not", (_, before, after, expected) => {
    expect(fresh(before, after)).toEqual(expected)
  })

  it("names the entry, which is another than the finding's own where the file was renamed", () => {
    const [entry] = lint({ "a.py": "bad" }).map((each) => entryOf("lint", each))
    const after = { "b.py": "bad" }
    const accepted = { entries: entry === undefined ? [] : [entry], lineOf: lineIn(after), gone: ["a.py"] }
    const [marked] = markBaselined(lint(after), accepted)
    expect(marked?.baselined).toBe(entry?.fingerprint)
    expect(marked?.fingerprint).not.toBe(entry?.fingerprint)
  })
})
