import { expect, test } from "vitest"
import { formatSeconds } from "../../cli/duration.js"
import { createPhases } from "../../cli/phases.js"
import { jobsFor } from "../../cli/run-plan.js"
import { typedPath } from "../../cli/run-results.js"
import { createStyle, pad, padLeft, truncate, widthOf } from "../../cli/style.js"

test.each([
  [0, "0.0 s"],
  [0.25, "0.3 s"],
  [42, "42.0 s"],
  [99.96, "1 min 40 s"],
  [185, "3 min 05 s"],
  [3600, "60 min 00 s"],
])("%d seconds are written %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text)
})

test.each([
  ["abc", 3, "abc"],
  ["abcd", 3, "ab…"],
  ["日本語", 5, "日本…"],
  ["日本語", 4, "日…"],
  ["abc", 0, ""],
])("%s cut to %i cells is %s", (text, width, cut) => {
  expect(truncate(text, width)).toBe(cut)
  expect(widthOf(truncate(text, width))).toBeLessThanOrEqual(width)
})

test.each([
  ["plain", 5],
  ["naïve", 5],
  ["nai\u0308ve", 5],
  ["日本語", 6],
  ["✓ ok", 4],
  ["✅", 2],
  ["a\u200bb", 2],
  ["한글", 4],
])("%s takes %i cells", (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test("padding counts cells, not characters", () => {
  expect(pad("日", 4)).toBe("日  ")
  expect(padLeft("日", 4)).toBe("  日")
  expect(pad("long", 2)).toBe("long")
})

test("a style without colour leaves text as it is", () => {
  expect(createStyle({ colour: false }).bad("x")).toBe("x")
  expect(createStyle({ colour: true }).bad("x")).toBe("\u001b[31mx\u001b[39m")
})

const GIB = 1024 ** 3
test.each([
  [{ processors: 2, memory: 24 * GIB }, 4],
  [{ processors: 16, memory: 64 * GIB }, 16],
  [{ processors: 16, memory: 8 * GIB }, 5],
  [{ processors: 2, memory: GIB }, 1],
])("%o runs %i cells at once", (machine, jobs) => {
  expect(jobsFor(machine)).toBe(jobs)
})

test.each([
  ["/home/a/p", "/home/a/p", "."],
  ["/home/a/p/x", "/home/a/p", "x"],
  ["/elsewhere/x", "/home/a/p", "/elsewhere/x"],
])("%s seen from %s is typed %s", (path, cwd, typed) => {
  expect(typedPath(path, cwd)).toBe(typed)
})

test("phases are told in the order in which they ended, also one that failed", async () => {
  let now = 0
  const phases = createPhases(() => now)
  const first = phases.time("slow", new Promise((resolve) => setTimeout(resolve, 5)))
  now = 7
  await expect(phases.time("quick", Promise.reject(new Error("x")))).rejects.toThrow("x")
  now = 12
  await first
  expect(phases.describe()).toBe("quick 0 ms, slow 12 ms")
})
