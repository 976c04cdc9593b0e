import { connect, type NetConnectOpts } from "node:net"

/** Milliseconds after which an engine that does not answer is taken for one that does not listen. */
const PATIENCE_MS = 5_000

/**
 * Says why nothing listens at an engine's address, and nothing where something does. Dagger's program would go on
 * trying for minutes. Addresses of other kinds (`docker-image://`, `kube-pod://`) are provisioned, not connected to.
 */
export async function whyNotListening(address: string): Promise<string | undefined> {
  const options = connectOptions(address)
  if (options === undefined) return undefined
  return new Promise((resolve) => {
    const socket = connect({ ...options, timeout: PATIENCE_MS })
    const end = (why: string | undefined) => {
      socket.destroy()
      resolve(why)
    }
    socket.once("connect", () => end(undefined))
    socket.once("timeout", () => end(`no answer within ${PATIENCE_MS / 1000} s`))
    socket.once("error", (error: NodeJS.ErrnoException) => end(meaningOf(error)))
  })
}

function connectOptions(address: string): NetConnectOpts | undefined {
  if (address.startsWith("unix://")) return { path: address.slice("unix://".length) }
  if (!address.startsWith("tcp://") || !URL.canParse(address)) return undefined
  const { hostname, port } = new URL(address)
  return port === "" ? undefined : { host: hostname, port: Number(port) }
}

function meaningOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return "there is no such socket"
  if (code === "ECONNREFUSED") return "nothing listens there"
  if (code === "EACCES") return "this user may not open the socket"
  return message
}
