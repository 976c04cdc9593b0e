import { describe, expect, test } from "vitest"
import { renderSummary } from "../../src/findings/summary.js"
import { cellReport, finding, reportOf } from "../cli/reports.js"

describe("renderSummary", () => {
  test("has a head, a row for each cell and nothing more when all is well", () => {
    const report = reportOf([cellReport({ cached: true, seconds: 0.3 }), cellReport({ stage: "test", cell: "3.11" })])
    expect(renderSummary(report)).toBe(
      [
        "## ✅ parcels 1.4.0: passed",
        "",
        "4.2 s, Dagger v0.21.7.",
        "",
        "| | stage | cell | time | |",
        "| --- | --- | --- | ---: | --- |",
        "| ✅ | lint |  | 0.3 s, cached |  |",
        "| ✅ | test | 3.11 | 1.0 s |  |",
        "",
      ].join("\n"),
    )
  })

  test("names the commit, and that there were changes", () => {
    const report = reportOf([], { commit: "0123456789abcdef", dirty: true })
    expect(renderSummary(report)).toContain("commit `0123456789ab` with changes")
  })

  test("shows what went wrong, bounded", () => {
    const findings = Array.from({ length: 22 }, (_, i) => finding({ line: i + 1 }))
    const text = renderSummary(
      reportOf([cellReport({ outcome: "failed", reason: "22 findings", findings })], { outcome: "failed" }),
    )
    expect(text).toContain("### ❌ lint\n\n22 findings\n")
    expect(text).toContain("- `src/a.py:20` **F401** \\`os\\` imported but unused\n- and 2 more\n")
  })

  test("counts what the baseline has apart, and proposes to drop what is stale", () => {
    const stale = [{ stage: "lint", tool: "ruff", rule: "F401", message: "x", fingerprint: "f9" }]
    const findings = [finding({ baselined: "f1", line: 77 }), finding({ line: 9 })]
    const text = renderSummary(
      reportOf([cellReport({ outcome: "failed", reason: "1 lint finding, 1 in the baseline", findings })], {
        outcome: "failed",
        baseline: { file: "known.json", entries: 2, known: 1, moved: 0, stale },
      }),
    )
    expect(text).toContain("Baseline known.json: 1 of 2 known findings; 1 stale, `quillon baseline shrink`.")
    expect(text).toContain("`src/a.py:9`")
    expect(text).not.toContain("src/a.py:77")
  })

  test("stays below what GitHub takes, and says what was cut", () => {
    const cells = Array.from({ length: 40 }, (_, i) =>
      cellReport({ stage: `own${i}`, outcome: "errored", reason: "no", detail: "ä".repeat(20_000) }),
    )
    const text = renderSummary(reportOf(cells, { outcome: "errored" }))
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    expect([...text.matchAll(/^### ⚠️ (own\d+)$/gm)].map(([, name]) => name)).toHaveLength(24)
    expect(text.slice(-100)).toContain("*Cut here: 16 more sections did not fit. All of it is in report.json.*\n")
  })

  test("says what could not look, why, and what to do", () => {
    const cell = cellReport({ outcome: "errored", reason: "no network", next: "try again", detail: "a\n```\nb" })
    const text = renderSummary(reportOf([cell], { outcome: "errored" }))
    expect(text).toContain("could not look: no network")
    expect(text).toContain("Next: try again")
    expect(text).toContain("````text\na\n```\nb\n````")
  })

  test("nothing that a tool says becomes Markdown, HTML or a mention", () => {
    const reason = "<img src=x> | [a](b) @everyone *b* #1"
    const text = renderSummary(reportOf([cellReport({ outcome: "failed", reason })]))
    expect(text).toContain("\\<img src=x\\> \\| \\[a\\](b) @\u200beveryone \\*b\\* \\#1")
  })
})
