import { PassThrough } from "node:stream"
import { expect, test } from "vitest"
import { takeBlock } from "../../../cli/board/terminal.js"

function terminal(columns: number): { output: PassThrough & { columns: number }; written(): string } {
  let text = ""
  const output = Object.assign(new PassThrough(), { columns })
  output.on("data", (piece) => {
    text += String(piece)
  })
  return { output, written: () => text }
}

test("the second picture is drawn over the first", () => {
  const { output, written } = terminal(80)
  const block = takeBlock(output)
  block.draw(["one", "two"])
  block.draw(["three", "four"])
  expect(written()).toContain("\u001b[2A\rthree\u001b[K\nfour\u001b[K\n\u001b[J")
})

test("a picture that a narrower terminal has wrapped is gone over whole", () => {
  const { output, written } = terminal(80)
  const block = takeBlock(output)
  block.draw(["x".repeat(70), "y"])
  output.columns = 40
  block.draw(["z"])
  expect(written()).toContain("\u001b[3A\rz")
})

test("the cursor is hidden once and given back once", () => {
  const { output, written } = terminal(80)
  const block = takeBlock(output)
  block.draw(["a"])
  block.draw(["b"])
  block.release()
  block.release()
  expect(written().split("\u001b[?25l")).toHaveLength(2)
  expect(written().split("\u001b[?25h")).toHaveLength(2)
})

test("a block that drew nothing writes nothing", () => {
  const { output, written } = terminal(80)
  takeBlock(output).release()
  expect(written()).toBe("")
})

test("a terminal that was never given a size is taken for one of 80 columns", () => {
  const { output, written } = terminal(0)
  const block = takeBlock(output)
  block.draw(["one"])
  block.draw(["two"])
  expect(written()).toContain("\u001b[1A\rtwo")
})
