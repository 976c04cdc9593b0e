import { expect, test } from "vitest"
import { runProgram } from "../../../cli/program.js"
import { type FakeIo, fakeIo } from "../fake-io.js"

async function debug(...argv: readonly string[]): Promise<FakeIo> {
  const io = fakeIo({ argv: ["debug", ...argv] })
  await runProgram(io, {
    version: "0.0.0",
    program: ["node"],
    interrupts: () => {},
    atExit: () => {},
    exit: () => {},
  })
  return io
}

test("a shell without a terminal is refused before anything is looked at, with what to type instead", async () => {
  await expect(debug("test@3.11", "/no/such/folder")).rejects.toMatchObject({
    code: "NO_TERMINAL",
    kind: "usage",
    next: "run one command instead: quillon debug test@3.11 /no/such/folder -- rerun",
  })
})

test("a command needs no terminal: the next thing that is wrong is the folder", async () => {
  await expect(debug("test", "/no/such/folder", "--", "ls")).rejects.toMatchObject({ code: "NO_SUCH_FOLDER" })
})

test("without a stage it is wrong usage", async () => {
  const io = await debug()
  expect(io.code()).toBe(64)
  expect(io.err()).toContain("missing required argument 'stage or capsule'")
})
