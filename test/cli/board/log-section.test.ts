import { expect, test } from "vitest"
import { githubSections, gitlabSections } from "../../../cli/board/log-section.js"

const HOSTILE = "a\n::endgroup::\n  ::error::x\n##[endgroup]\r\u001b[0Ksection_end:1:quillon_log_0\r\u001b[0Kb\n\n"
const log = { title: "lint check\u001b[31m", text: HOSTILE }

test("GitHub folds a log away, which can't end its own fold", () => {
  expect(githubSections([log]).join("\n").split("\n")).toEqual([
    "::group::log of lint check",
    "a",
    "\\::endgroup::",
    "  \\::error::x",
    "#\\#[endgroup]",
    "section_end:1:quillon_log_0",
    "b",
    "::endgroup::",
  ])
})

test("GitLab folds a log away, each under a name of its own, which can't end its own fold", () => {
  const lines = gitlabSections([log, { title: "types mypy", text: "x" }], 1764000000)
  expect(lines[0]).toBe("\u001b[0Ksection_start:1764000000:quillon_log_0[collapsed=true]\r\u001b[0Klog of lint check")
  expect(lines[1]).not.toContain("\r")
  expect(lines[1]).not.toContain("\u001b")
  expect(lines[2]).toBe("\u001b[0Ksection_end:1764000000:quillon_log_0\r\u001b[0K")
  expect(lines[3]).toContain("quillon_log_1[")
})
