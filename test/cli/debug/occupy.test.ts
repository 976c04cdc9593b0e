import { once } from "node:events"
import { type AddressInfo, createServer } from "node:net"
import { PassThrough } from "node:stream"
import { expect, test } from "vitest"
import { occupy, passedCodeOf } from "../../../cli/debug/occupy.js"
import { fakeIo } from "../fake-io.js"

test.each([
  ["goes away", false],
  ["is ended by us", true],
])("the terminal is given back when the other end %s, and torn programs are undone", async (_, ours) => {
  const server = createServer((socket) => {
    socket.on("error", () => {})
    if (!ours) socket.destroy()
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const modes: boolean[] = []
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) })
  const stdout = Object.assign(new PassThrough(), { isTTY: true })
  const io = fakeIo({ stdin, stdout })
  const cancel = new AbortController()
  const exits: (() => void)[] = []
  const control = { atExit: (action: () => void) => void exits.push(action) }
  const place = { port: (server.address() as AddressInfo).port, token: "x" }
  const ending = occupy(place, { io, control, signal: cancel.signal, argv: [] })
  if (ours) cancel.abort()
  await expect(ending).rejects.toThrow()
  server.close()
  expect(modes).toEqual([true, false])
  expect(String(stdout.read())).toContain("\x1b[?2004l")
  // What is done when the process ends for any other reason finds nothing left to do.
  for (const exit of exits) exit()
  expect(modes).toEqual([true, false])
})

test("a process that ends in the middle of a shell gives the terminal back", async () => {
  const server = createServer((socket) => void socket.on("error", () => {})).listen(0, "127.0.0.1")
  await once(server, "listening")
  const modes: boolean[] = []
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) })
  const io = fakeIo({ stdin, stdout: Object.assign(new PassThrough(), { isTTY: true }) })
  const cancel = new AbortController()
  let exit: (() => void) | undefined
  const control = {
    atExit: (action: () => void) => {
      exit = action
    },
  }
  const place = { port: (server.address() as AddressInfo).port, token: "x" }
  const ending = occupy(place, { io, control, signal: cancel.signal, argv: [] }).catch(() => {})
  exit?.()
  expect(modes).toEqual([true, false])
  cancel.abort()
  await ending
  server.close()
})

test("the exit code is the command's own, 128 and its number for a signal", () => {
  expect(passedCodeOf({ kind: "exited", code: 7 })).toBe(7)
  expect(passedCodeOf({ kind: "signalled", signal: "SIGKILL" })).toBe(137)
})

test("a command that is not there is wrong usage", () => {
  expect(() => passedCodeOf({ kind: "unstartable", why: "no such program: nosuch" })).toThrow(
    expect.objectContaining({ code: "COMMAND_NOT_STARTED", kind: "usage" }),
  )
})
