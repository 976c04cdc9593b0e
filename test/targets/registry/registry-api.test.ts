import { afterEach, beforeEach, expect, test } from "vitest"
import { json } from "../../../rehearsal/http/exchange.js"
import { type Listening, listen } from "../../../rehearsal/http/listen.js"
import { createAsk } from "../../../src/targets/http/exchange.js"
import { createRegistryApi, placeOf } from "../../../src/targets/registry/registry-api.js"

let server: Listening
let asked: string[]

/** A registry that takes tokens alone, and the service that gives them (the registry's token protocol). */
beforeEach(async () => {
  asked = []
  server = await listen(async ({ method, target, headers, origin }) => {
    asked.push(`${method} ${target} ${headers.authorization ?? "nobody"}`)
    if (target.startsWith("/token")) return json(200, { token: "granted" })
    if (headers.authorization === "Bearer granted") return json(200, {})
    const challenge = `Bearer realm="${origin}/token",service="registry.example",scope="ignored"`
    return json(
      401,
      { errors: [{ code: "UNAUTHORIZED", message: "authentication required" }] },
      { "www-authenticate": challenge },
    )
  })
})
afterEach(() => server.close())

const api = () =>
  createRegistryApi(createAsk(fetch), {
    name: "registry.example/me/engine",
    base: `http://127.0.0.1:${server.port}`,
    repository: "me/engine",
    credentials: async () => ({ user: "me", password: "pw" }),
  })

test("asks the token service that the registry names, for this repository, once", async () => {
  const { send } = api()
  await send("manifests/1.0")
  expect(await send("manifests/1.1")).toMatchObject({ status: 200 })
  expect(asked).toEqual([
    "GET /v2/me/engine/manifests/1.0 nobody",
    // printf me:pw | base64
    "GET /token?service=registry.example&scope=repository%3Ame%2Fengine%3Apull%2Cpush Basic bWU6cHc=",
    "GET /v2/me/engine/manifests/1.0 Bearer granted",
    "GET /v2/me/engine/manifests/1.1 Bearer granted",
  ])
})

test("tells its token to nobody else, wherever an upload is sent to", async () => {
  const elsewhere: string[] = []
  const storage = await listen(async ({ headers }) => {
    elsewhere.push(headers.authorization ?? "nobody")
    return json(201, {})
  })
  const { send } = api()
  await send("manifests/1.0")
  await send(`http://127.0.0.1:${storage.port}/upload?signed`, { method: "PUT", body: "bytes" })
  expect(elsewhere).toEqual(["nobody"])
  await storage.close()
})

test.each([
  ["ghcr.io/owner/name", "https://ghcr.io", "owner/name"],
  ["localhost:5000/name", "https://localhost:5000", "name"],
  ["owner/name", "https://registry-1.docker.io", "owner/name"],
  ["docker.io/python", "https://registry-1.docker.io", "library/python"],
])("the repository %s is at %s as %s", (reference, base, repository) => {
  expect(placeOf(reference)).toEqual({ name: reference, base, repository })
})

/** As docker-registry answered on a disk of 4 kB, to the first write and to one that its storage driver did. */
test.each([
  ["its disk", { Op: "write", Path: "/registry/docker/registry/v2/repositories/me/engine/_uploads/1/data", Err: 28 }],
  ["its storage", { DriverName: "filesystem", Enclosed: { Op: "mkdir", Path: "/registry/docker", Err: 28 } }],
])("a full disk is named when %s says so, where the registry knows no error", (_, detail) => {
  const body = Buffer.from(JSON.stringify({ errors: [{ code: "UNKNOWN", message: "unknown error", detail }] }))
  const { said } = api().words
  expect(said({ kind: "answered", status: 500, headers: new Headers(), body })).toBe("UNKNOWN its disk is full")
})

test("an error that is none of the disk's is told in the registry's own words", () => {
  const body = Buffer.from(
    JSON.stringify({ errors: [{ code: "UNKNOWN", message: "unknown error", detail: { Err: 5 } }] }),
  )
  const { said } = api().words
  expect(said({ kind: "answered", status: 500, headers: new Headers(), body })).toBe("UNKNOWN unknown error")
})
