import { connect, createServer, type Socket } from "node:net"

/** Who holds the lock of an engine. */
export interface Holder {
  readonly pid: number
  /** What it does, e.g. `quillon engine up`. */
  readonly doing: string
}

/** A lock that was taken. */
export interface Lock {
  readonly release: () => Promise<void>
}

/** What `takeLock` needs. */
export interface LockRequest {
  readonly instance: string
  readonly holder: Holder
  /** Called once for each holder that is waited for. */
  readonly onWait: (holder: Holder) => void
  readonly signal?: AbortSignal
}

/**
 * Takes the one lock of an engine, waiting for whoever has it. The lock is an abstract unix socket: the kernel drops it
 * when its holder dies, however it dies, so there is nothing stale to clean.
 */
export async function takeLock(request: LockRequest): Promise<Lock> {
  const address = `\0quillon-engine-${request.instance}`
  let told: number | undefined
  for (;;) {
    request.signal?.throwIfAborted()
    const lock = await listen(address, request.holder)
    if (lock !== undefined) return lock
    await waitForEnd(address, request.signal, (holder) => {
      if (holder.pid !== told) request.onWait(holder)
      told = holder.pid
    })
  }
}

function listen(address: string, holder: Holder): Promise<Lock | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>()
    const server = createServer((socket) => {
      waiting.add(socket)
      socket.on("error", () => socket.destroy())
      socket.on("close", () => waiting.delete(socket))
      socket.write(`${JSON.stringify(holder)}\n`)
    })
    const release = () =>
      new Promise<void>((done) => {
        server.close(() => done())
        for (const socket of waiting) socket.destroy()
      })
    server.unref()
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined)
      else reject(error)
    })
    server.listen(address, () => resolve({ release }))
  })
}

/** Stays connected until the holder lets go (or dies), which is cheaper and quicker than asking again and again. */
function waitForEnd(
  address: string,
  signal: AbortSignal | undefined,
  onHolder: (holder: Holder) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(address)
    const end = () => socket.destroy()
    if (signal?.aborted) end()
    signal?.addEventListener("abort", end, { once: true })
    socket.on("data", (data) => {
      const holder = readHolder(data.toString("utf8"))
      if (holder !== undefined) onHolder(holder)
    })
    socket.on("error", () => socket.destroy())
    socket.on("close", () => {
      signal?.removeEventListener("abort", end)
      setTimeout(resolve, 20)
    })
  })
}

function readHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder
  } catch {
    return undefined
  }
}
