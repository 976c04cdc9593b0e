import { expect, test } from "vitest"
import { parseExecution } from "../../src/toolchain/execution.js"

const RESULT = {
  command: "check",
  argv: ["ruff", "check"],
  exit: { kind: "exited", code: 1 },
  seconds: 0.2,
  started: 1_795_499_022_097,
  peakMemoryBytes: 9_052_160,
  stdout: { tail: "x", bytes: 1, truncated: false },
  stderr: { tail: "", bytes: 0, truncated: false },
  reports: { ruff: "[]" },
  kept: { wheel: [{ path: "a.whl", bytes: 3, sha256: "00" }] },
}

test("reads what the supervisor wrote", () => {
  expect(parseExecution(JSON.stringify(RESULT))).toEqual(RESULT)
})

test.each([
  ["text that is not JSON", "{"],
  ["an end of a kind that is not known", JSON.stringify({ ...RESULT, exit: { kind: "lost" } })],
  ["a result without an end", JSON.stringify({ ...RESULT, exit: undefined })],
])("refuses %s", (_, json) => {
  expect(() => parseExecution(json)).toThrow()
})
