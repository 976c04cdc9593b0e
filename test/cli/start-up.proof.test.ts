import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "vitest"

const LAUNCHER = join(import.meta.dirname, "../../quillon")
const ROUNDS = 25

/** Milliseconds of wall-clock time. */
function time(file: string, args: readonly string[]): number {
  const began = performance.now()
  expect(spawnSync(file, args, { stdio: "ignore" }).status).toBe(0)
  return performance.now() - began
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

test("./quillon --version takes at most twice as long as node -e 0", () => {
  time(LAUNCHER, ["--version"])
  const ours: number[] = []
  const node: number[] = []
  // In turns, so that whatever else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    node.push(time(process.execPath, ["-e", "0"]))
    ours.push(time(LAUNCHER, ["--version"]))
  }
  expect(median(ours) / median(node)).toBeLessThanOrEqual(2)
})
