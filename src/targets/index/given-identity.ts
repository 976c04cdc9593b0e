import { z } from "zod"
import type { Ask } from "../http/exchange.js"
import { tokenClaims } from "./token-claims.js"
import { audienceOf, exchangeProof, type Minted, type Unminted } from "./trusted-publishing.js"

/** An identity token with which a job was started (GitLab's `id_tokens`): there is one, for one audience. */
export interface GivenIdentity {
  /** The variable that holds it. */
  readonly name: string
  readonly proof: string
}

/** What the exchange of a given identity needs. */
export interface GivenIdentityParts {
  readonly ask: Ask
  /** Scheme and host of the index. */
  readonly exchange: string
  readonly identity: GivenIdentity
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** The tokens of an index that a given identity brings. */
export interface GivenTokens {
  /** What stands against the exchange as far as the token itself tells: it can be exchanged only once. */
  foresee(): Promise<Unminted | undefined>
  /** Exchanges it where that was not done yet, and gives the index's token for as long as that one lives. */
  token(): Promise<Minted>
}

/** Seconds before its end at which a token is not begun with any more. */
const MARGIN = 30

const claimsSchema = z.object({ aud: z.union([z.string(), z.array(z.string())]), exp: z.number() })

/** Exchanges an identity that was given to the job, once. */
export function givenTokens({ ask, exchange, identity, now }: GivenIdentityParts): GivenTokens {
  let minted: Minted | undefined
  return {
    async foresee() {
      const claims = claimsSchema.safeParse(tokenClaims(identity.proof)).data
      if (claims === undefined) return refuse(`${identity.name} is no identity token`, NEXT)
      const audience = await audienceOf(ask, exchange)
      if (audience.kind !== "read") return audience
      if (![claims.aud].flat().includes(audience.value)) {
        const why = `${identity.name} is for the audience ${[claims.aud].flat().join(", ")}, and the index wants ${audience.value}`
        return refuse(why, `set aud: ${audience.value} for it in the job's id_tokens`)
      }
      if (claims.exp * 1_000 > now()) return undefined
      const end = new Date(claims.exp * 1_000).toISOString()
      return refuse(`${identity.name} ended at ${end}`, "run the job again, with a timeout that the release fits in")
    },
    async token() {
      const ends = minted?.kind === "token" ? minted.expires : undefined
      if (minted?.kind === "token" && (ends === undefined || ends - MARGIN > now() / 1_000)) return minted
      const end = await exchangeProof(ask, exchange, identity.proof)
      if (end.kind === "token") minted = end
      return end
    },
  }
}

const NEXT = "let the job's id_tokens make it, e.g. PYPI_ID_TOKEN: { aud: pypi }"

function refuse(why: string, next: string): Unminted {
  return { kind: "refused", why, next }
}
