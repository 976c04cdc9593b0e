import { connect, createServer, type Server, type Socket } from "node:net"
import { networkInterfaces } from "node:os"
import { type Client, dag, ReturnType } from "@dagger.io/dagger"
import { newAccess, SERVERS, type ServerName } from "../../../rehearsal/access.js"
import { openRehearsal, type Rehearsal } from "../../../rehearsal/open-rehearsal.js"
import { createToolchain } from "../../../src/toolchain/create-toolchain.js"

const SETTINGS = { python: {} }

/** Throw-away targets at addresses that mean the same on this machine and in the engine's containers, as real ones do. */
export interface ReleaseSite {
  readonly rehearsal: Rehearsal
  readonly addressOf: (server: ServerName) => string
  close(): Promise<void>
}

/** Opens the targets; needs a session (`openEngine`). */
export async function openReleaseSite(folder: string): Promise<ReleaseSite> {
  const searchPath = process.env.PATH ?? ""
  const rehearsal = await openRehearsal({
    folder,
    access: newAccess(),
    dag,
    settings: SETTINGS,
    searchPath,
    now: Date.now,
  })
  const { ports } = rehearsal.access
  const side = await findEngineSide(dag)
  const doors = await Promise.all(SERVERS.map((name) => forward(side, ports[name])))
  return {
    rehearsal,
    addressOf: (server) => `http://${side}:${ports[server]}`,
    async close() {
      await Promise.all(doors.map((door) => door.close()))
      await rehearsal.close()
    },
  }
}

/** Names of links that lead to containers and nowhere else. */
const INWARD = /^(?:quillon|docker|podman|br-)/

/** The address of this machine at which containers of the engine reach it. @throws Error where there is none */
async function findEngineSide(client: Client): Promise<string> {
  const links = Object.entries(networkInterfaces()).filter(([name]) => INWARD.test(name))
  const addresses = links.flatMap(([, all = []]) => all.filter(({ family }) => family === "IPv4"))
  for (const { address } of addresses) {
    const server = createServer((socket) => socket.end("here"))
    await listenAt(server, address, 0)
    const { port } = server.address() as { port: number }
    const program = `import socket; print(socket.create_connection(("${address}", ${port}), 5).recv(9).decode())`
    const answer = await createToolchain({ dag: client, settings: SETTINGS })
      .python("3.13")
      .withExec(["python", "-c", program], { expect: ReturnType.Any })
      .stdout()
    server.close()
    if (answer.trim() === "here") return address
  }
  throw new Error(`containers of the engine reach none of ${addresses.map(({ address }) => address).join(", ")}`)
}

/** Makes a port of loopback reachable at another address of this machine. */
async function forward(address: string, port: number): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((inner) => {
    const outer = connect(port, "127.0.0.1")
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on("error", () => other.destroy())
      socket.on("close", () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await listenAt(server, address, port)
  return {
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function listenAt(server: Server, address: string, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once("error", failed)
    server.listen(port, address, listening)
  })
}
