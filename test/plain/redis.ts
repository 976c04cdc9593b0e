import { createServer } from "node:net"
import { setTimeout } from "node:timers/promises"
import { execa } from "execa"
import { installUv } from "./plain-counts.js"

const FAKEREDIS = "fakeredis==2.31.0"

/** A server that speaks Redis' protocol. */
export interface Redis {
  readonly url: string
  stop(): Promise<void>
}

/** Starts a server in pure Python from the package index, on a free port of loopback. @throws what it said instead */
export async function startRedis(): Promise<Redis> {
  const port = await freePort()
  const program = `from fakeredis import TcpFakeServer; TcpFakeServer(("127.0.0.1", ${port})).serve_forever()`
  const uv = await installUv()
  const server = execa(uv, ["run", "--no-project", "--isolated", "--with", FAKEREDIS, "python", "-c", program], {
    reject: false,
    all: true,
    timeout: 600_000,
  })
  const ended = server.then(({ all }) => Promise.reject(new Error(`no Redis: ${all}`)))
  ended.catch(() => {})
  await Promise.race([ended, answers(port)])
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      server.kill()
      await server
    },
  }
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const { exitCode } = await execa(
      "python3",
      ["-c", `import socket; socket.create_connection(("127.0.0.1", ${port}))`],
      {
        reject: false,
      },
    )
    if (exitCode === 0) return
    await setTimeout(200)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
}
