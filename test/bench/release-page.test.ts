import { expect, test } from "vitest"
import { renderReleasePart } from "../../bench/release-page.js"

test("each kind of release has median, extremes and the number of runs", () => {
  const at = { date: "2026-01-02", commit: "abc1234", machine: "2 cores", load: 0.25 }
  const part = renderReleasePart([{ title: "rehearsal, cold", seconds: [30, 10, 20, 26] }], at)
  expect(part).toContain("| rehearsal, cold | 23.0 s | 10.0 s | 30.0 s | 4 |")
  expect(part).toContain("on 2026-01-02 at commit abc1234; 2 cores. Load average before it began: 0.3.")
})
