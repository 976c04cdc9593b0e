import { expect, test } from "vitest"
import { leftOutEvidence } from "../../src/project/left-out.js"

test("names without a file behind them stand together by their reason, with what mends it", () => {
  const outside = ["a", "b", "c", "d", "e"].map((path) => ({ path, why: "it leads out of the project" as const }))
  expect(leftOutEvidence([...outside, { path: "caf\ufffd.py", why: "its name is not UTF-8" }])).toEqual([
    {
      fact: "left out",
      value: "caf\ufffd.py: its name is not UTF-8",
      origin: { file: "caf\ufffd.py" },
      change: expect.stringContaining("rename"),
    },
    {
      fact: "left out",
      value: "a, b, c and 2 more: it leads out of the project",
      origin: { file: "a" },
      change: expect.stringContaining("replace the link"),
    },
  ])
})

test("a project of plain files has no such line", () => {
  expect(leftOutEvidence([])).toEqual([])
})
