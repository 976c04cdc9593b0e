import { expect, test } from "vitest"
import { createProgressLine } from "../../../cli/debug/progress-line.js"
import { fakeIo } from "../fake-io.js"

const started = { kind: "cell-started", address: "build", at: 0, attempt: 1 } as const

test("names what runs on one line of a terminal and takes it away", () => {
  const io = fakeIo({ columns: 80 })
  const line = createProgressLine(Object.assign(io.stdout, { isTTY: true }), "test@3.11")
  line.emit(started)
  line.emit({ ...started, address: "resolve@3.11" })
  line.close()
  line.emit(started)
  expect(io.out()).toBe("\r\x1b[Ktest@3.11: build\r\x1b[Ktest@3.11: build, resolve@3.11\r\x1b[K")
})

test("says nothing where no terminal reads", () => {
  const io = fakeIo()
  const line = createProgressLine(io.stdout, "test@3.11")
  line.emit(started)
  line.close()
  expect(io.out()).toBe("")
})
