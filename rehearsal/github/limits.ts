import { createHash } from "node:crypto"
import type { Answer, Handler } from "../http/exchange.js"
import { refuse } from "./refusal.js"

/** How often a caller may ask. */
export interface RateBudget {
  /** Requests that are answered before the limit is reached. */
  readonly requests: number
  /** When they can be made again, in seconds since 1970. */
  readonly reset: number
}

/**
 * Adds what GitHub does to every answer: an `ETag`, with 304 for who has it already, and the rate limit's headers. Past
 * the limit it answers 403 with a remainder of 0; a 304 costs nothing.
 */
export function withLimits(behind: Handler, budget: () => RateBudget | undefined): Handler {
  let used = 0
  return async (call) => {
    const limit = budget()
    const left = () => Math.max(0, (limit?.requests ?? 5000) - used)
    const headers = (): Record<string, string> => ({
      "x-ratelimit-limit": `${limit?.requests ?? 5000}`,
      "x-ratelimit-remaining": `${left()}`,
      "x-ratelimit-reset": `${limit?.reset ?? 0}`,
    })
    if (limit !== undefined && left() === 0) return refuse(403, "API rate limit exceeded", headers())
    const answer = withEtag(await behind(call))
    if (call.method === "GET" && answer.headers?.etag === call.headers["if-none-match"] && answer.status === 200) {
      return { status: 304, headers: { etag: `${answer.headers?.etag}`, ...headers() } }
    }
    used += 1
    return { ...answer, headers: { ...answer.headers, ...headers() } }
  }
}

function withEtag(answer: Answer): Answer {
  if (answer.status !== 200 || answer.body === undefined) return answer
  const etag = `W/"${createHash("sha256").update(answer.body).digest("hex")}"`
  return { ...answer, headers: { ...answer.headers, etag } }
}
