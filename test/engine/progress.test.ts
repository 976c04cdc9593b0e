import { describe, expect, test } from "vitest"
import { liveProgress } from "../../engine/live-progress.js"
import { plainProgress, seconds } from "../../engine/progress.js"

function screen() {
  const written: string[] = []
  const clock = { now: 0 }
  return {
    written,
    clock,
    screen: { write: (text: string) => written.push(text), columns: 60, colour: false, now: () => clock.now },
  }
}

describe("plainProgress", () => {
  test("says when a task starts and ends, and at most every ten seconds what it does", async () => {
    const { written, clock, screen: plain } = screen()
    await plainProgress(plain).task("compile", async ({ say }) => {
      clock.now = 9000
      say("too early")
      clock.now = 11_000
      say("40 of 1745 packages")
      clock.now = 12_000
      say("too early again")
    })
    expect(written).toEqual(["compile …\n", "compile: 40 of 1745 packages\n", "compile: done in 12 s\n"])
  })

  test("says that a task failed, and hands the error on", async () => {
    const { written, screen: plain } = screen()
    const failed = plainProgress(plain).task("compile", () => Promise.reject(new Error("no")))
    await expect(failed).rejects.toThrow("no")
    expect(written.at(-1)).toBe("compile: failed after 0.0 s\n")
  })
})

describe("liveProgress", () => {
  test("leaves one line of each finished task, and cuts what is too long for the terminal", async () => {
    const { written, clock, screen: live } = screen()
    const progress = liveProgress(live)
    await progress.task("compile", async ({ say }) => {
      say("x".repeat(200))
      progress.note("a note")
      clock.now = 65_000
    })
    progress.close()
    const text = written.join("")
    expect(text).toContain("a note\n")
    expect(text.split("\n").every((line) => line.length < 80)).toBe(true)
    expect(text.endsWith("✓ compile 1 min 05 s\n")).toBe(true)
  })
})

test.each([
  [400, "0.4 s"],
  [12_300, "12 s"],
  [185_000, "3 min 05 s"],
])("%d milliseconds are %s", (milliseconds, text) => {
  expect(seconds(milliseconds)).toBe(text)
})
