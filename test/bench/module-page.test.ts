import { expect, test } from "vitest"
import { renderModulePart } from "../../bench/module-page.js"

const AT = { date: "2026-01-02", commit: "abc1234", machine: "2 cores", load: 0.25, files: 3, lines: 99 }

test("the table has medians, their ratio and that of the minima", () => {
  const part = renderModulePart([{ title: "warm", trivial: [1, 2, 3], quillon: [1.5, 3, 9] }], AT)
  expect(part).toContain("| warm | 2.00 s (3) | 3.00 s (3) | 1.50 × | 1.50 × |")
})

test("what the trivial module has not is no ratio", () => {
  const part = renderModulePart([{ title: "lint", trivial: [], quillon: [2] }], AT)
  expect(part).toContain("| lint | – | 2.00 s (1) | – | – |")
})
