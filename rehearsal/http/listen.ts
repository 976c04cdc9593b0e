import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo, Socket } from "node:net"
import type { Answer, Call, Handler } from "./exchange.js"

/** A server that listens. */
export interface Listening {
  readonly port: number
  /** Stops at once: open connections are broken. */
  close(): Promise<void>
}

/** Thrown by a handler that wants the connection broken instead of an answer. */
export class BrokenConnection extends Error {
  override readonly name = "BrokenConnection"
}

/** Serves the handler, on loopback by default; a port of 0 is any that is free. @throws the system's error where the port is taken */
export async function listen(handler: Handler, port = 0, host = "127.0.0.1"): Promise<Listening> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => void serve(handler, request, response))
  server.on("connection", (socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function serve(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once("close", () => {
    if (!response.writableFinished) gone.abort()
  })
  try {
    const answer = await handler(await readCall(request, gone.signal))
    send(request, response, answer)
  } catch (error) {
    if (error instanceof BrokenConnection || gone.signal.aborted) return void request.socket.destroy()
    send(request, response, { status: 500, body: `the rehearsal's server failed: ${String(error)}\n` })
  }
}

async function readCall(request: IncomingMessage, signal: AbortSignal): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const target = request.url ?? "/"
  const mark = target.indexOf("?")
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
    target,
    headers: request.headers,
    body: Buffer.concat(chunks),
    origin: `http://${request.headers.host ?? "127.0.0.1"}`,
    signal,
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, reason, headers = {}, body }: Answer,
): void {
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === "string" ? value : [...value])
  }
  const bytes = body === undefined ? undefined : Buffer.from(body as Uint8Array)
  // A server that answers HEAD itself says how long the body would be.
  if (bytes !== undefined && !response.hasHeader("content-length")) response.setHeader("content-length", bytes.length)
  if (reason !== undefined) response.statusMessage = reason
  response.writeHead(status)
  if (request.method === "HEAD" || bytes === undefined) response.end()
  else response.end(bytes)
}
