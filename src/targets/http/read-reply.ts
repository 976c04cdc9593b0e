import type { Unseen } from "../ports/sight.js"
import type { Written } from "../ports/written.js"
import type { Answered, Reply } from "./exchange.js"
import { retryAfterOf } from "./retry-after.js"

/** Words for what every server answers alike. */
export interface ReplyWords {
  /** Where, in the plan's words. */
  readonly target: string
  /** What to type where credentials are refused. */
  readonly credentials: string
  /** The server's own words, on one line; empty where it has none. */
  readonly said: (reply: Answered) => string
}

/** Why an answer to a look shows nothing; undefined where it shows something. A 404 is left to the caller. */
export function unseenOf(reply: Reply, words: ReplyWords): Unseen | undefined {
  if (reply.kind === "silent") return { kind: "unreachable", why: reply.why }
  const { status } = reply
  if (isLimit(reply) || status >= 500) return { kind: "unreachable", why: saying(reply, words), ...waitOf(reply) }
  if (status === 401 || status === 403) return { kind: "hidden", why: saying(reply, words) }
  return undefined
}

/**
 * What an answer to a write means where every server means the same by it; undefined for the others. A 5xx may come after
 * the fact, so it is `lost`.
 */
export function writtenOf(reply: Reply, words: ReplyWords): Exclude<Written, { kind: "done" }> | undefined {
  if (reply.kind === "silent") {
    return reply.unsent
      ? { kind: "refused", reason: { kind: "unavailable", why: reply.why } }
      : { kind: "lost", why: reply.why }
  }
  const why = saying(reply, words)
  if (isLimit(reply)) return { kind: "refused", reason: { kind: "rate-limited", why, ...waitOf(reply) } }
  if (reply.status >= 500) return { kind: "lost", why, ...waitOf(reply) }
  if (reply.status === 401 || reply.status === 403) {
    return { kind: "refused", reason: { kind: "denied", why, next: words.credentials } }
  }
  return undefined
}

/** One line: who answered what. */
export function saying(reply: Answered, { target, said }: ReplyWords): string {
  const text = said(reply)
  return `${target} answered ${reply.status}${text === "" ? "" : `: ${text}`}`
}

/** GitHub says 403 where others say 429; only the headers tell it from a refusal. */
function isLimit({ status, headers }: Answered): boolean {
  if (status === 429) return true
  return status === 403 && (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0")
}

function waitOf({ headers }: Answered): { readonly retryAfter?: number } {
  const retryAfter = retryAfterOf(headers)
  return retryAfter === undefined ? {} : { retryAfter }
}
