import { request } from "node:http"
import { type LogNews, readLogs } from "./log-lines.js"
import { createEventSplitter } from "./server-sent-events.js"
import type { Session } from "./session.js"
import { authorization } from "./session-client.js"
import { readSpans, type SpanNews } from "./spans.js"

/** An open subscription to what a session tells of its work. */
export interface TelemetryStream {
  close(): void
}

/** Who listens to what comes together. */
type BatchListener<T> = (batch: readonly T[]) => void

/** Listens to the spans of a session from its beginning. */
export function listenToSpans(session: Address, listener: BatchListener<SpanNews>): TelemetryStream {
  return listen(session, { path: "/v1/traces", event: "spans", hear: (data) => listener(readSpans(data)) })
}

/** Listens to what the steps of a session print, from its beginning. */
export function listenToLogs(session: Address, listener: BatchListener<LogNews>): TelemetryStream {
  return listen(session, { path: "/v1/logs", event: "logs", hear: (data) => listener(readLogs(data)) })
}

type Address = Pick<Session, "port" | "token">

interface Subscription {
  readonly path: string
  readonly event: string
  /** @throws SyntaxError for what can't be read. */
  hear(data: string): void
}

/** A stream that breaks off or says what we can't read only costs what is shown of it; the run goes on. */
function listen({ port, token }: Address, { path, event: wanted, hear }: Subscription): TelemetryStream {
  const split = createEventSplitter()
  const asked = request(
    {
      host: "127.0.0.1",
      port,
      path,
      headers: { Authorization: authorization(token), Accept: "text/event-stream" },
    },
    (response) => {
      response.setEncoding("utf8")
      response.on("error", () => {})
      if (response.statusCode !== 200) return void response.resume()
      response.on("data", (piece: string) => {
        for (const { event, data } of split(piece)) {
          if (event === wanted) hearIfReadable(hear, data)
        }
      })
    },
  )
  asked.on("error", () => {})
  asked.end()
  return { close: () => asked.destroy() }
}

function hearIfReadable(hear: Subscription["hear"], data: string): void {
  try {
    hear(data)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
}
