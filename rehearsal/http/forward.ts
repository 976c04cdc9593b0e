import { request } from "node:http"
import type { Answer, Handler } from "./exchange.js"

/** Headers that belong to one connection (RFC 9110, 7.6.1), and the length, which is set anew. */
const OF_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "content-length", "expect"])

/**
 * Hands each call on to a server behind it and gives back what that answers. The host that the client named is kept.
 *
 * @param upstream where the server behind listens now, e.g. `http://127.0.0.1:5000`
 */
export function forwardTo(upstream: () => string): Handler {
  return ({ method, target, headers, body, signal }) =>
    new Promise<Answer>((resolve, reject) => {
      const kept = Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name))
      const outgoing = request(new URL(target, upstream()), {
        method,
        signal,
        headers: { ...Object.fromEntries(kept), ...(body.length > 0 ? { "content-length": body.length } : {}) },
      })
      outgoing.once("error", reject)
      outgoing.once("response", (incoming) => {
        const chunks: Buffer[] = []
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
        incoming.once("error", reject)
        incoming.once("end", () => {
          const length = incoming.headers["content-length"]
          resolve({
            status: incoming.statusCode ?? 502,
            headers: {
              ...(Object.fromEntries(
                Object.entries(incoming.headers).filter(
                  ([name, value]) => !OF_CONNECTION.has(name) && value !== undefined,
                ),
              ) as Record<string, string | string[]>),
              ...(method === "HEAD" && length !== undefined ? { "content-length": length } : {}),
            },
            body: Buffer.concat(chunks),
          })
        })
      })
      outgoing.end(body)
    })
}
