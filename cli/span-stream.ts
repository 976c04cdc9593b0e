import { request } from "node:http"
import { createEventSplitter } from "./server-sent-events.js"
import type { Session } from "./session.js"
import { authorization } from "./session-client.js"
import { readSpans, type SpanNews } from "./spans.js"

/** An open subscription to a session's spans. */
export interface SpanStream {
  close(): void
}

/**
 * Listens to the spans of a session from its beginning. A stream that breaks off or says what we can't read
 * only costs what is shown of it; the run goes on.
 */
export function listenToSpans(
  session: Pick<Session, "port" | "token">,
  listener: (batch: readonly SpanNews[]) => void,
): SpanStream {
  const split = createEventSplitter()
  const asked = request(
    {
      host: "127.0.0.1",
      port: session.port,
      path: "/v1/traces",
      headers: { Authorization: authorization(session.token), Accept: "text/event-stream" },
    },
    (response) => {
      response.setEncoding("utf8")
      response.on("error", () => {})
      if (response.statusCode !== 200) return void response.resume()
      response.on("data", (piece: string) => {
        for (const { event, data } of split(piece)) {
          if (event === "spans") listener(read(data))
        }
      })
    },
  )
  asked.on("error", () => {})
  asked.end()
  return { close: () => asked.destroy() }
}

function read(data: string): readonly SpanNews[] {
  try {
    return readSpans(data)
  } catch {
    return []
  }
}
