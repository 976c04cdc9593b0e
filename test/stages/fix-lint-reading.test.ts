import { describe, expect, it } from "vitest"
import { fixedFiles, readFix } from "../../src/stages/fix-lint-reading.js"
import { cellReport } from "../cli/reports.js"
import { executed, transcript } from "./transcripts.js"

const fix = (differs: object = {}) =>
  JSON.stringify({
    fix: { exit: 1, output: "Found 3 errors (1 fixed, 2 remaining)." },
    format: { exit: 0, output: "1 file reformatted" },
    changed: [{ path: "pkg/a.py", before: "00" }],
    ...differs,
  })

describe("readFix", () => {
  it("has what is left as findings, and what changed as a measure", () => {
    const read = readFix([executed({ command: "fix", reports: { fix: fix(), left: transcript("ruff/check.json") } })])
    if (read.kind !== "looked") throw new Error(read.kind)
    expect(read.findings).toHaveLength(6)
    expect(fixedFiles(cellReport({ measures: { ...read.measures } }))).toEqual([{ path: "pkg/a.py", before: "00" }])
  })

  it("could not look where ruff could not work, and says why in ruff's words", () => {
    const broken = fix({ fix: { exit: 2, output: transcript("ruff/broken-configuration.err") }, changed: [] })
    const read = readFix([executed({ command: "fix", reports: { fix: broken } })])
    expect(read).toMatchObject({
      kind: "errored",
      reason: expect.stringMatching(/^ruff could not do its work: .*toml/),
    })
  })

  it.each([
    ["no report", {}],
    ["no list of what is left", { fix: fix() }],
    ["a report that was cut off", { fix: fix().slice(0, 50), left: "[]" }],
  ])("could not look with %s", (_, reports) => {
    expect(readFix([executed({ command: "fix", reports })]).kind).toBe("errored")
  })

  it("could not look where it was ended", () => {
    const exit = { kind: "timed-out", seconds: 9 } as const
    expect(readFix([executed({ command: "fix", exit, reports: { fix: fix(), left: "[]" } })])).toMatchObject({
      kind: "errored",
      reason: "ruff did not end within 9 s",
    })
  })
})
