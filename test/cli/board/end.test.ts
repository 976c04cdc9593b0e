import { expect, test } from "vitest"
import { showEnd } from "../../../cli/board/end.js"
import type { Report } from "../../../src/pipeline/report.js"
import { fakeIo } from "../fake-io.js"
import { cellReport, finding, reportOf } from "../reports.js"

const red = reportOf([cellReport({ outcome: "failed", reason: "1 lint finding", findings: [finding()] })], {
  outcome: "failed",
})

function shown(report: Report, env: Record<string, string> = {}): string {
  const io = fakeIo({ env })
  showEnd(io, report, {
    look: { plain: false, json: false, quiet: false, verbose: false },
    folder: ".quillon/runs/x",
    path: ".",
    logs: ["lint"],
    interrupted: false,
    printed: [{ title: "lint check", text: "bad" }],
    now: 1_764_000_000_000,
  })
  return io.out()
}

test("GitHub gets findings in the open, logs in folds, annotations, and the last line last", () => {
  const lines = shown(red, { GITHUB_ACTIONS: "true" }).trimEnd().split("\n")
  const at = (begin: string) => lines.findIndex((line) => line.startsWith(begin))
  const order = [
    at("lint 1 lint finding"),
    at("::group::log of lint check"),
    at("::error file=src/a.py"),
    at("failed: 1"),
  ]
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(order).not.toContain(-1)
  expect(at("failed: 1")).toBe(lines.length - 1)
})

test("GitLab gets logs in folds, with the time in seconds", () => {
  expect(shown(red, { GITLAB_CI: "true" })).toContain("section_start:1764000000:quillon_log_0")
})

test("a person's machine gets no marks", () => {
  expect(shown(red)).not.toMatch(/::|section_/)
})

test("a person is told how to see it as a page, a job is not", () => {
  expect(shown(red).trimEnd().split("\n").at(-2)).toBe("as a page: quillon report --open")
  expect(shown(red, { GITHUB_ACTIONS: "true" })).not.toContain("quillon report")
  expect(shown(reportOf([cellReport()]))).not.toContain("quillon report")
})

test("a baseline that can shrink is told above the last line", () => {
  const entry = { stage: "lint", tool: "ruff", rule: "F401", message: "x", fingerprint: "f" }
  const baseline = { file: "known.json", entries: 3, known: 1, moved: 1, stale: [entry, entry] }
  expect(
    shown(reportOf([cellReport()], { baseline }))
      .split("\n")
      .at(-3),
  ).toBe("known.json has 2 findings no longer there and 1 finding in renamed files: quillon baseline shrink")
})

test("a baseline that is as it should be is not told of", () => {
  const baseline = { file: "known.json", entries: 1, known: 1, moved: 0, stale: [] }
  expect(shown(reportOf([cellReport()], { baseline }))).not.toContain("known.json")
})
