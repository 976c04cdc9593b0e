import { createHash } from "node:crypto"
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import type { Call } from "../http/exchange.js"

/** One request that reached a target of the rehearsal. Headers and bodies are not written down: they carry secrets. */
export interface LoggedRequest {
  /** When it came, ISO 8601. */
  readonly at: string
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Bytes of the body. */
  readonly bytes: number
  /** SHA-256 of the body in hexadecimal; absent where there was none. */
  readonly sha256?: string
  /** False where the server behind never got it. */
  readonly forwarded: boolean
  /** What the server behind answered; absent where it never got the request. */
  readonly status?: number
  /** What the client got: the status, or `broken` where it got no answer. */
  readonly seen: number | "broken"
}

/** The log of one target: text, one request a line, kept across runs. */
export interface RequestLog {
  write(entry: Pick<LoggedRequest, "forwarded" | "status" | "seen">, call: Call): void
  read(): readonly LoggedRequest[]
}

/** Opens the log in this file (JSON lines). Each line is on the disk before its request is answered. */
export function openRequestLog(file: string, now: () => number): RequestLog {
  mkdirSync(dirname(file), { recursive: true })
  return {
    write(entry, { method, target, body }) {
      const sha256 = body.length === 0 ? {} : { sha256: createHash("sha256").update(body).digest("hex") }
      const line: LoggedRequest = {
        at: new Date(now()).toISOString(),
        method,
        target,
        bytes: body.length,
        ...sha256,
        ...entry,
      }
      appendFileSync(file, `${JSON.stringify(line)}\n`)
    },
    read() {
      if (!existsSync(file)) return []
      return readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as LoggedRequest)
    },
  }
}
