import { describe, expect, it } from "vitest"
import { nameFindings } from "../../src/findings/name-findings.js"

const SOURCE = ["import os", "import sys", "x = 1"]

function finding(line: number, differs: object = {}) {
  return { tool: "ruff", rule: "F401", severity: "warning", file: "a.py", line, message: "unused", ...differs } as const
}

/** Fingerprints of findings at these lines of a source. */
function names(lines: readonly number[], source: readonly string[] = SOURCE) {
  const named = nameFindings(
    lines.map((line) => finding(line)),
    ({ line }) => source[line - 1],
  )
  return named.map(({ fingerprint }) => fingerprint)
}

describe("nameFindings", () => {
  it.each([
    ["lines above it", ["# one", "# two", ...SOURCE], 3],
    ["an indentation", ["    import os"], 1],
    ["spaces within the line", ["import  os"], 1],
  ])("names a finding the same after %s", (_, source, line) => {
    expect(names([line], source)).toEqual(names([1]))
  })

  it("names findings on lines that differ otherwise, though the tool says the same", () => {
    expect(new Set(names([1, 2])).size).toBe(2)
  })

  it("names a finding otherwise once its line was edited", () => {
    expect(names([1], ["import os.path"])).not.toEqual(names([1]))
  })

  it("counts findings on equal lines, so that dropping the first leaves the names of the rest but one", () => {
    const thrice = names([1, 2, 3], ["x()", "x()", "x()"])
    expect(new Set(thrice).size).toBe(3)
    expect(names([1, 2], ["x()", "x()"])).toEqual(thrice.slice(0, 2))
  })

  it("names a finding by its line whatever words the tool has for it", () => {
    const [one, other] = ["`os` imported but unused", "unused import: os"].map((message) =>
      nameFindings([finding(1, { message })], () => "import os"),
    )
    expect(one?.[0]?.fingerprint).toBe(other?.[0]?.fingerprint)
  })

  it.each([{ file: "b.py" }, { rule: "F811" }, { tool: "mypy" }])("tells apart by %o", (differs) => {
    const [one] = nameFindings([finding(1)], () => "import os")
    const [other] = nameFindings([finding(1, differs)], () => "import os")
    expect(other?.fingerprint).not.toBe(one?.fingerprint)
  })

  it("names a finding that has a subject by it and not by its line: two tests fail in one helper", () => {
    const failing = (subject: string) => nameFindings([finding(1, { subject })], () => "assert x")[0]?.fingerprint
    expect(failing("test_a[1]")).not.toBe(failing("test_a[2]"))
    expect(nameFindings([finding(9, { subject: "test_a[1]" })], () => "other")[0]?.fingerprint).toBe(
      failing("test_a[1]"),
    )
  })
})
