import { z } from "zod"
import { jsonOf, type Reply } from "../http/exchange.js"
import { saying, writtenOf } from "../http/read-reply.js"
import type { Unseen } from "../ports/sight.js"
import type { Receipt, Refused, Written } from "../ports/written.js"
import type { GitHubApi } from "./github-api.js"

/** One request that changes a release. */
export interface ReleaseChange {
  readonly method: "POST" | "PATCH"
  /** Below the repository. */
  readonly path: string
  readonly body: object
  /** What is told of it, from the link to its page. */
  readonly receipt: (link: string) => Receipt
}

/** Makes the change, once. */
export async function changeRelease(api: GitHubApi, { method, path, body, receipt }: ReleaseChange): Promise<Written> {
  const reply = await api.send(method, path, { type: "application/json", body: JSON.stringify(body) })
  const changed = reply.kind === "answered" && (reply.status === 200 || reply.status === 201)
  if (!changed) return writtenBy(reply, api)
  const read = z.object({ html_url: z.string() }).safeParse(jsonOf(reply))
  return { kind: "done", receipt: receipt(read.success ? read.data.html_url : "") }
}

/** What an answer means that is no success. 422 is how GitHub says that something stands there already. */
export function writtenBy(reply: Reply, { words }: Pick<GitHubApi, "words">): Written {
  const known = writtenOf(reply, words)
  if (known !== undefined) return known
  const why = reply.kind === "answered" ? saying(reply, words) : reply.why
  if (why.includes("already_exists") || why.includes("immutable release")) {
    return { kind: "refused", reason: { kind: "conflict", detail: why } }
  }
  // A repository that the token may not write to is "not found" for it.
  if (reply.kind === "answered" && reply.status === 404) {
    return { kind: "refused", reason: { kind: "denied", why, next: words.credentials } }
  }
  return { kind: "refused", reason: { kind: "invalid", why, next: "read what GitHub says, and change the setting" } }
}

/** Nothing was written, because what comes before the write could not be seen. */
export function unavailable({ kind, why, ...unseen }: Unseen): Refused {
  if (kind === "hidden") {
    const next = "give a token with the permission contents: write"
    return { kind: "refused", reason: { kind: "denied", why, next } }
  }
  return { kind: "refused", reason: { kind: "unavailable", why, ...unseen } }
}
