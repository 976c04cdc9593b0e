import { once } from "node:events"
import { type AddressInfo, createServer, type Socket } from "node:net"
import { PassThrough } from "node:stream"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type RemoteWish, runRemotely } from "../../../cli/debug/remote-shell.js"

const WISH: RemoteWish = { terminal: true, environment: { TERM: "dumb" }, shells: [["sh"]], path: ":/bin" }
const TOKEN = "t".repeat(64)

const server = createServer()
beforeEach(async () => {
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
})
afterEach(() => {
  server.close()
  server.removeAllListeners("connection")
})

function local({ rows, columns }: { rows?: number; columns?: number } = { rows: 40, columns: 120 }) {
  const stdout = Object.assign(new PassThrough(), { isTTY: true, ...(rows && columns ? { rows, columns } : {}) })
  const cancel = new AbortController()
  return { stdin: new PassThrough(), stdout, stderr: new PassThrough(), signal: cancel.signal, cancel }
}

/** The other end: what it heard so far, and a way to answer. */
function otherEnd() {
  const heard: Buffer[] = []
  const met = new Promise<Socket>((resolve) => {
    server.once("connection", (socket) => {
      socket.on("error", () => {})
      socket.on("data", (data) => heard.push(data))
      resolve(socket)
    })
  })
  const all = () => Buffer.concat(heard).toString("latin1")
  const hears = async (text: string) => {
    const socket = await met
    while (!all().includes(text)) await once(socket, "data")
  }
  return { met, all, hears }
}

const frame = (kind: string, text = "") =>
  Buffer.concat([Buffer.from([kind.charCodeAt(0), 0, 0, text.length >> 8, text.length & 255]), Buffer.from(text)])

const place = () => ({ port: (server.address() as AddressInfo).port, token: TOKEN })

test("says the token first, then what is wanted with the terminal's size", async () => {
  const other = otherEnd()
  const ending = runRemotely(place(), { ...WISH, argv: ["ls"] }, local())
  await other.hears("}")
  expect(other.all().slice(0, 64)).toBe(TOKEN)
  const opening = other.all().slice(64)
  expect(opening[0]).toBe("O")
  expect(JSON.parse(opening.slice(5))).toEqual({ ...WISH, argv: ["ls"], rows: 40, columns: 120 })
  ;(await other.met).write(Buffer.concat([frame("A"), frame("X", '{"code":0}')]))
  await ending
})

test.each([
  ['{"code":7}', { kind: "exited", code: 7 }],
  ['{"signal":"SIGKILL"}', { kind: "signalled", signal: "SIGKILL" }],
  ['{"why":"no such program: x"}', { kind: "unstartable", why: "no such program: x" }],
])("a last frame %s is the end", async (text, end) => {
  const other = otherEnd()
  const ending = runRemotely(place(), WISH, local())
  ;(await other.met).end(Buffer.concat([frame("A"), frame("X", text)]))
  expect(await ending).toEqual(end)
})

test("what comes goes to the screen, standard error apart", async () => {
  const other = otherEnd()
  const streams = local()
  const ending = runRemotely(place(), WISH, streams)
  ;(await other.met).end(Buffer.concat([frame("A"), frame("D", "out"), frame("F", "err"), frame("X", '{"code":0}')]))
  await ending
  expect([String(streams.stdout.read()), String(streams.stderr.read())]).toEqual(["out", "err"])
})

test("what is typed goes there once we are let in, its end too, and a new size", async () => {
  const other = otherEnd()
  const streams = local()
  const ending = runRemotely(place(), WISH, streams)
  const socket = await other.met
  await other.hears("}")
  streams.stdin.write("early")
  socket.write(frame("A"))
  await other.hears("D\0\0\0\x05early")
  Object.assign(streams.stdout, { rows: 20, columns: 300 })
  streams.stdout.emit("resize")
  await other.hears("W\0\0\0\x04\0\x14\x01\x2c")
  streams.stdin.end()
  await other.hears("E\0\0\0\0")
  socket.end(frame("X", '{"code":0}'))
  await ending
  expect(streams.stdout.listenerCount("resize")).toBe(0)
})

test("a screen without a size counts as 80 by 24", async () => {
  const other = otherEnd()
  const ending = runRemotely(place(), WISH, local({}))
  await other.hears("}")
  expect(JSON.parse(other.all().slice(69))).toMatchObject({ rows: 24, columns: 80 })
  ;(await other.met).end(Buffer.concat([frame("A"), frame("X", '{"code":0}')]))
  await ending
})

describe("a connection that breaks", () => {
  test("before we were let in is a refusal", async () => {
    const other = otherEnd()
    const ending = runRemotely(place(), WISH, local())
    ;(await other.met).destroy()
    await expect(ending).rejects.toMatchObject({ code: "SHELL_REFUSED" })
  })

  test("in the middle is told, and nothing hangs on our streams any more", async () => {
    const other = otherEnd()
    const streams = local()
    const ending = runRemotely(place(), WISH, streams)
    const socket = await other.met
    socket.write(frame("A"))
    await once(streams.stdin, "resume")
    socket.destroy()
    await expect(ending).rejects.toMatchObject({ code: "SHELL_LOST", kind: "environment" })
    expect(streams.stdin.listenerCount("data")).toBe(0)
    expect(streams.stdin.isPaused()).toBe(true)
  })

  test("by us ends at once", async () => {
    const other = otherEnd()
    const streams = local()
    const ending = runRemotely(place(), WISH, streams)
    await other.met
    streams.cancel.abort()
    await expect(ending).rejects.toThrow()
  })
})
