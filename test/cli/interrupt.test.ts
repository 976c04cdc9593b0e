import { expect, test } from "vitest"
import { watchInterrupts } from "../../cli/interrupt.js"
import { fakeIo } from "./fake-io.js"

test("the first signal asks the run to end, the second leaves at once", () => {
  const said: string[] = []
  let press = () => {}
  const interrupt = watchInterrupts(fakeIo(), {
    version: "1",
    toolArguments: [],
    program: ["quillon"],
    interrupts: (listener) => {
      press = listener
    },
    atExit: () => {},
    exit: (code) => void said.push(`exit ${code}`),
  })
  expect(interrupt.signal.aborted).toBe(false)
  press()
  expect(interrupt.signal.aborted).toBe(true)
  expect(said).toEqual([])
  press()
  expect(said).toEqual(["exit 130"])
})
