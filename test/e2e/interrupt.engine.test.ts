import { setTimeout as sleep } from "node:timers/promises"
import { execa } from "execa"
import { expect, test } from "vitest"
import { lastReport, outcomes, quillon } from "./quillon.js"
import { smallProject } from "./small-project.js"

test("Ctrl-C ends the run with 130, keeps what ended, and leaves no process behind", async () => {
  const cwd = await smallProject({
    "tests/test_double.py": "import time\n\n\ndef test_hangs() -> None:\n    time.sleep(600)\n",
  })
  const running = quillon(["ci", "--format", "json"], { cwd })
  await new Promise<void>((resolve) => {
    running.stdout?.on("data", (text) => {
      if (/cell-started.*test@3\.13/.test(String(text))) resolve()
    })
  })
  // Long enough for the other cells, which are quick: a cell that has not ended is kept as cancelled.
  await sleep(15_000)
  running.kill("SIGINT")
  const { exitCode } = await running
  expect(exitCode).toBe(130)
  expect(outcomes(await lastReport(cwd))).toMatchObject({ lint: "passed", "test@3.13": "skipped" })
  const { stdout } = await execa("ps", ["-eo", "pid,ppid,args"])
  expect(stdout.split("\n").filter((line) => line.includes("dagger") && line.includes(cwd))).toEqual([])
})
