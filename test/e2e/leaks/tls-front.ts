import { readFileSync } from "node:fs"
import { type AddressInfo, connect, type Socket } from "node:net"
import { join } from "node:path"
import { createServer } from "node:tls"
import { dag } from "@dagger.io/dagger"
import { createToolchain } from "../../../src/toolchain/create-toolchain.js"

/** A server on loopback that speaks TLS, in front of one that does not. */
export interface TlsFront {
  readonly port: number
  /** File of the certificate that clients have to trust. */
  readonly certificate: string
  close(): Promise<void>
}

const REQUEST = [
  ...["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=127.0.0.1"],
  ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "/tmp/key.pem", "-out", "/tmp/certificate.pem"],
]

/** Opens one in front of a port of loopback. @param folder where certificate and key are put */
export async function openTlsFront(folder: string, port: number): Promise<TlsFront> {
  const made = createToolchain({ dag, settings: { python: {} } })
    .environment({ python: "3.13", apt: ["openssl"] })
    .withExec(REQUEST)
    .directory("/tmp")
  await made.export(folder)
  const certificate = join(folder, "certificate.pem")
  const sockets = new Set<Socket>()
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(join(folder, "key.pem")) })
  server.on("secureConnection", (outer) => {
    const inner = connect(port, "127.0.0.1")
    for (const [socket, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on("error", () => other.destroy())
      socket.on("close", () => sockets.delete(socket))
    }
  })
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  return {
    port: (server.address() as AddressInfo).port,
    certificate,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
