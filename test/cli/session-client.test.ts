import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect, test } from "vitest"
import { connectTo } from "../../cli/session-client.js"

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** A session that answers from a table and writes down what it was asked. */
async function session(answer: (query: string) => unknown) {
  const asked: string[] = []
  const credentials: (string | undefined)[] = []
  server = createServer((request, response) => {
    credentials.push(request.headers.authorization)
    let body = ""
    request.on("data", (piece) => {
      body += String(piece)
    })
    request.on("end", () => {
      const query = String(JSON.parse(body).query).replace(/\s+/g, " ").trim()
      asked.push(query)
      const said = answer(query)
      if (said === undefined) return
      response.setHeader("content-type", "application/json")
      response.end(JSON.stringify(said))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { port: (server.address() as AddressInfo).port, token: "secret", asked, credentials }
}

test("asks with the session's token and counts", async () => {
  const engine = await session(() => ({ data: { version: "v0.21.7" } }))
  const client = connectTo(engine)
  expect(await client.dag.version()).toBe("v0.21.7")
  expect(client.roundTrips()).toBe(1)
  expect(engine.credentials).toEqual([`Basic ${Buffer.from("secret:").toString("base64")}`])
})

test("asks the engine in one query who it is", async () => {
  const engine = await session(() => ({ data: { version: "v0.21.7", defaultPlatform: "linux/arm64" } }))
  const client = connectTo(engine)
  expect(await client.describeEngine()).toEqual({ version: "v0.21.7", platform: "linux/arm64" })
  expect(client.roundTrips()).toBe(1)
})

test("asks for the id of the same lazy object once", async () => {
  const engine = await session((query) =>
    query.endsWith("id } }") ? { data: { directory: { id: "D1" } } } : { data: { container: { stdout: "x" } } },
  )
  const { dag, roundTrips } = connectTo(engine)
  const mount = () => dag.container().withMountedDirectory("/a", dag.directory())
  await Promise.all([mount().stdout(), mount().stdout()])
  expect(engine.asked.filter((query) => query.endsWith("id } }"))).toHaveLength(1)
  expect(roundTrips()).toBe(3)
})

test("an id that could not be had is asked for again", async () => {
  let first = true
  const engine = await session((query) => {
    if (!query.endsWith("id } }")) return { data: { container: { stdout: "x" } } }
    if (!first) return { data: { directory: { id: "D1" } } }
    first = false
    return { data: null, errors: [{ message: "engine is busy" }] }
  })
  const { dag } = connectTo(engine)
  const read = () => dag.container().withMountedDirectory("/a", dag.directory()).stdout()
  await expect(read()).rejects.toThrow("engine is busy")
  expect(await read()).toBe("x")
})

test("an interrupt ends a query that is on its way, but not an export", async () => {
  let answer: (() => void) | undefined
  const engine = await session((query) => {
    if (query.includes("export")) setTimeout(() => answer?.(), 50)
    return query.includes("export") ? { data: { directory: { export: "/x" } } } : undefined
  })
  const exported = new Promise<void>((resolve) => {
    answer = resolve
  })
  const stop = new AbortController()
  const { dag } = connectTo(engine, { signal: stop.signal })
  const query = dag.version()
  const keeping = dag.directory().export("/x")
  setTimeout(() => stop.abort(), 20)
  await expect(query).rejects.toThrow()
  await exported
  expect(await keeping).toBe("/x")
})
