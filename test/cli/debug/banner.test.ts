import { expect, test } from "vitest"
import { type BannerFacts, describeStand } from "../../../cli/debug/banner.js"
import { createStyle } from "../../../cli/style.js"
import { execution } from "../../pipeline/fakes.js"
import { cellReport, finding } from "../reports.js"

const look = { style: createStyle({ colour: false }), columns: 80 }
const facts: BannerFacts = {
  address: "test@3.11",
  command: "pytest",
  argv: ["python", "-m", "pytest", "-k", "a or b"],
  others: [],
  state: "before",
  when: "last run",
}
const describe = (changes: Partial<BannerFacts> = {}) => describeStand({ ...facts, ...changes }, look)

test("says where one is, what the command is, and how to leave", () => {
  expect(describe()).toEqual([
    "test@3.11 before pytest",
    "  $ python -m pytest -k 'a or b'",
    "rerun repeats the command, with what you add to it; exit leaves. The project is not touched.",
  ])
})

test("says why it failed, bounded, and not what the baseline excuses", () => {
  const findings = [
    finding({ baselined: "known" }),
    ...Array.from({ length: 7 }, (_, i) => finding({ rule: "failed", line: i + 1, message: `tests::t${i}` })),
  ]
  const cell = cellReport({ outcome: "failed", reason: "7 failed", findings })
  const lines = describe({ cell })
  expect(lines[2]).toBe("  failed in the last run: 7 failed")
  expect(lines.slice(3, 8)).toEqual([1, 2, 3, 4, 5].map((n) => `    src/a.py:${n} failed tests::t${n - 1}`))
  expect(lines[8]).toBe("    and 2 more findings")
})

test.each([
  [{ kind: "exited", code: 1 }, "ended with exit code 1"],
  [{ kind: "signalled", signal: "SIGSEGV" }, "was ended by SIGSEGV"],
  [{ kind: "timed-out", seconds: 20 }, "was ended after 20 s"],
  [{ kind: "unstartable", why: "no such program: x" }, "could not be started: no such program: x"],
] as const)("after %o it says so", (exit, words) => {
  expect(describe({ state: "after", execution: execution({ exit }) })[0]).toBe(`test@3.11 after pytest, which ${words}`)
})

test("names the other commands, and no text of a tool reaches the terminal as more than text", () => {
  const cell = cellReport({ outcome: "errored", reason: "\u001b[2Jboom\n::error::x" })
  const lines = describe({ others: ["check"], cell, argv: ["\u001b]0;title\u0007x"] })
  expect(lines.join("\n")).toContain("--command check")
  expect(lines.join("")).not.toContain("\u001b")
  expect(lines.filter((line) => line.trim().startsWith("::"))).toEqual([])
})

test("a passed cell is no reason to say more", () => {
  expect(describe({ cell: cellReport() })).toHaveLength(3)
})
