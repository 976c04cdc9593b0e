import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createFaults } from "../../../rehearsal/faults/fault.js"
import { withFaults } from "../../../rehearsal/faults/fault-proxy.js"
import { openRequestLog } from "../../../rehearsal/faults/request-log.js"
import { text } from "../../../rehearsal/http/exchange.js"
import { type Listening, listen } from "../../../rehearsal/http/listen.js"

let folder: string
let server: Listening
let faults = createFaults()
let reached: string[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "quillon-faults-"))
  faults = createFaults()
  reached = []
  const behind = async ({ method, target }: { method: string; target: string }) => {
    reached.push(`${method} ${target}`)
    return text(201, "written")
  }
  server = await listen(withFaults(behind, { faults, log: log() }))
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const log = () => openRequestLog(join(folder, "requests.jsonl"), () => 0)
const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
const upload = (init: RequestInit = {}) => ask("/files?name=a", { method: "POST", body: "bytes", ...init })

test("a request without fault is handed on, answered and written down", async () => {
  expect((await upload()).status).toBe(201)
  expect(log().read()).toEqual([
    {
      at: "1970-01-01T00:00:00.000Z",
      method: "POST",
      target: "/files?name=a",
      bytes: 5,
      // printf bytes | sha256sum
      sha256: "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9",
      forwarded: true,
      status: 201,
      seen: 201,
    },
  ])
})

test("a client that is killed at the barrier before the server leaves the server untouched", async () => {
  const barrier = faults.add({ kind: "hold", moment: "before", methods: ["POST"] })
  const client = new AbortController()
  const pending = upload({ signal: client.signal })
  await barrier.reached
  client.abort()
  await expect(pending).rejects.toThrow()
  await expect.poll(() => log().read()).toMatchObject([{ forwarded: false, seen: "broken" }])
  expect(reached).toEqual([])
})

test("a client that is killed at the barrier after the server has changed the server", async () => {
  const barrier = faults.add({ kind: "hold", moment: "after" })
  const client = new AbortController()
  const pending = upload({ signal: client.signal })
  await barrier.reached
  await expect.poll(() => reached).toEqual(["POST /files?name=a"])
  client.abort()
  await expect(pending).rejects.toThrow()
  await expect.poll(() => log().read()).toMatchObject([{ forwarded: true, status: 201, seen: "broken" }])
})

test("a held request goes on when it is released", async () => {
  const barrier = faults.add({ kind: "hold", moment: "before" })
  const pending = upload()
  await barrier.reached
  expect(reached).toEqual([])
  barrier.release()
  expect((await pending).status).toBe(201)
})

test.each([
  ["before", 0],
  ["after", 1],
] as const)("a connection that is dropped %s the server means %i writes", async (moment, writes) => {
  faults.add({ kind: "drop", moment })
  await expect(upload()).rejects.toThrow()
  expect(reached).toHaveLength(writes)
})

test("a fault strikes only what it matches, and only as often as it says", async () => {
  const away = { status: 503, headers: { "retry-after": "1" } }
  const outage = faults.add({ kind: "answer", answer: away, target: /^\/files/, times: 2 })
  const seen = []
  for (const path of ["/other", "/files", "/files", "/files"]) seen.push((await ask(path)).status)
  expect(seen).toEqual([201, 503, 503, 201])
  expect(outage.struck()).toBe(2)
})

test("what headers and bodies say is written nowhere", async () => {
  await upload({ headers: { authorization: "Bearer s3cr3t-token" }, body: "password=s3cr3t-token" })
  expect(JSON.stringify(log().read())).not.toContain("s3cr3t-token")
})

test("the log outlives the process that wrote it", async () => {
  await upload()
  await server.close()
  server = await listen(withFaults(async () => text(200, "ok"), { faults, log: log() }))
  await ask("/later")
  expect(
    log()
      .read()
      .map(({ target }) => target),
  ).toEqual(["/files?name=a", "/later"])
})
