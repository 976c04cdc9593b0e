import { certificateTrouble } from "./certificate.js"

/** What a server said, or that it said nothing. */
export type Reply = Answered | Silent

/** A server answered. */
export interface Answered {
  readonly kind: "answered"
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

/** No whole answer came. */
export interface Silent {
  readonly kind: "silent"
  /** True where no connection was made, so that the server certainly did nothing. */
  readonly unsent: boolean
  /** One line. */
  readonly why: string
}

/** How a request is made. */
export interface RequestWish {
  readonly method?: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** `manual` gives a redirect as it is; else it is followed. */
  readonly redirect?: "follow" | "manual"
}

/** Makes one request, once: nothing is repeated. Never rejects for what a server or the network does. */
export type Ask = (wish: RequestWish) => Promise<Reply>

/** Milliseconds within which a server must have answered. */
const PATIENCE = 120_000

/** Errors of a connection that was never made. */
const UNSENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
])

/** Asks by `fetch`. */
export function createAsk(fetch: typeof globalThis.fetch): Ask {
  return async ({ url, method = "GET", headers = {}, body, redirect = "follow" }) => {
    const signal = AbortSignal.timeout(PATIENCE)
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : new Uint8Array(body) }
    try {
      const response = await fetch(url, { method, headers: { ...headers }, redirect, signal, ...sent })
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { kind: "answered", status: response.status, headers: response.headers, body: bytes }
    } catch (error) {
      const { code, message } = rootOf(error)
      const host = new URL(url).host
      const distrust = certificateTrouble(code)
      const why = distrust ?? (code === "" ? message : code)
      return { kind: "silent", unsent: distrust !== undefined || UNSENT.has(code), why: `${host}: ${why}` }
    }
  }
}

/** The body as text. */
export function textOf({ body }: Answered): string {
  return new TextDecoder().decode(body)
}

/** The body as JSON; undefined where it is none. */
export function jsonOf(answered: Answered): unknown {
  try {
    return JSON.parse(textOf(answered))
  } catch {
    return undefined
  }
}

/** `fetch` says "fetch failed" and hides what failed in the cause. */
function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof Error)) return { code: "", message: String(error) }
  if (error.cause instanceof Error) return rootOf(error.cause)
  const code = "code" in error && typeof error.code === "string" ? error.code : ""
  return { code, message: error.message.split("\n")[0] ?? "" }
}
