import { mkdtemp } from "node:fs/promises"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { whyNotListening } from "../../cli/listening.js"

async function listening(address: string | number): Promise<Server> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(address, resolve))
  return server
}

test("nothing is said of a socket that listens", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "quillon-")), "engine.sock")
  const server = await listening(path)
  expect(await whyNotListening(`unix://${path}`)).toBeUndefined()
  server.close()
})

test("a socket that is not there is named as such", async () => {
  expect(await whyNotListening("unix:///nowhere/engine.sock")).toBe("there is no such socket")
})

test("a port at which nobody listens is named as such", async () => {
  const server = await listening(0)
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  const port = typeof address === "object" ? address?.port : undefined
  expect(await whyNotListening(`tcp://127.0.0.1:${port}`)).toBe("nothing listens there")
})

test("an engine that is yet to be provisioned is not connected to", async () => {
  expect(await whyNotListening("docker-image://registry.example/engine:v1")).toBeUndefined()
})
