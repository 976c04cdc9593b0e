import { expect, onTestFinished, test, vi } from "vitest"
import { isProcessAlive } from "../../rehearsal/process-alive.js"

test.each([
  ["EPERM", true],
  ["ESRCH", false],
])("a process whose signal ends in %s is alive: %s", (code, alive) => {
  const kill = vi.spyOn(process, "kill").mockImplementation(() => {
    throw Object.assign(new Error(code), { code })
  })
  onTestFinished(() => kill.mockRestore())
  expect(isProcessAlive(4242)).toBe(alive)
})

test("this process is alive, and is only asked", () => {
  expect(isProcessAlive(process.pid)).toBe(true)
})
