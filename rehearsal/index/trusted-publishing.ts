import { type Answer, type Call, json } from "../http/exchange.js"
import type { Claims } from "../oidc/issuer.js"
import type { Identities, Identity } from "./identities.js"

/** Which jobs of a CI service an index trusts, and for what. */
export interface TrustedPublisher {
  /** `owner/name`. */
  readonly repository: string
  readonly workflow: string
  /** Whom its tokens speak for; PyPI limits them to one project. */
  readonly identity: Identity
}

/** What the exchange of an identity token needs. */
export interface ExchangeParts {
  /** The one audience of this index, e.g. `pypi`. */
  readonly audience: string
  readonly publishers: readonly TrustedPublisher[]
  /** Claims of a token that the trusted issuer signed. */
  readonly read: (token: string) => Claims | undefined
  readonly identities: Identities
  readonly now: () => number
}

/** Answers the two requests of trusted publishing below `/_/oidc/`; undefined for others. */
export function createExchange(parts: ExchangeParts): (call: Call) => Answer | undefined {
  const used = new Set<string>()
  return (call) => {
    if (call.method === "GET" && call.path === "/_/oidc/audience") return json(200, { audience: parts.audience })
    if (call.method !== "POST" || call.path !== "/_/oidc/mint-token") return undefined
    const claims = parts.read(tokenOf(call))
    if (claims === undefined) return refuse("invalid-token", "the token's signature is not that of a trusted issuer")
    if (claims.aud !== parts.audience) {
      return refuse("invalid-token", `the token is for the audience ${claims.aud}, not for ${parts.audience}`)
    }
    if (claims.exp <= parts.now() / 1000) return refuse("invalid-token", "the token has expired")
    if (used.has(claims.jti)) return refuse("invalid-reuse-token", "the token was exchanged before")
    const publisher = parts.publishers.find(
      ({ repository, workflow }) => repository === claims.repository && workflow === claims.workflow,
    )
    if (publisher === undefined) {
      const description = `valid token, but no corresponding publisher (${claims.repository}, ${claims.workflow})`
      return refuse("invalid-publisher", description)
    }
    used.add(claims.jti)
    return json(200, { success: true, ...parts.identities.mint(publisher.identity) })
  }
}

function tokenOf({ body }: Call): string {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"))
    return typeof parsed === "object" && parsed !== null && "token" in parsed ? String(parsed.token) : ""
  } catch {
    return ""
  }
}

function refuse(code: string, description: string): Answer {
  return json(422, { message: "Token request failed", errors: [{ code, description }] })
}
