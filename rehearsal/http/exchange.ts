import type { IncomingHttpHeaders } from "node:http"

/** A request that a server of the rehearsal got, its body whole. */
export interface Call {
  readonly method: string
  /** Path without query, as it was sent. */
  readonly path: string
  readonly query: URLSearchParams
  /** Path and query, as they were sent. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Scheme, host and port by which the client reached the server, e.g. `http://rehearsal:4100`. */
  readonly origin: string
  /** Aborted when the client goes away before it was answered. */
  readonly signal: AbortSignal
}

/** What a server answers. */
export interface Answer {
  readonly status: number
  /** Words after the status; the usual ones when absent. */
  readonly reason?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Uint8Array
}

/** A server as a function. */
export type Handler = (call: Call) => Promise<Answer>

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Answer["headers"] = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  }
}

/** An answer of one line of text. */
export function text(status: number, body: string, headers: Answer["headers"] = {}): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body: `${body}\n` }
}
