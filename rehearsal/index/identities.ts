import { randomBytes } from "node:crypto"
import { basicCredentials } from "../http/basic-auth.js"
import type { Call } from "../http/exchange.js"

/** Whom a token speaks for. */
export interface Identity {
  readonly user: string
  /** The one project that the token is for; all of the user's when absent. */
  readonly project?: string
}

/** Tokens of an index: those of people, and those that trusted publishing gave out. */
export interface Identities {
  /** Who sent the call; undefined without a valid token. */
  identify(call: Call): Identity | undefined
  /** Gives out a token that ends after 15 minutes. */
  mint(identity: Identity): { readonly token: string; readonly expires: number }
}

/** Seconds for which a token of trusted publishing is valid. */
export const MINTED_LIFE = 900

/** @param now milliseconds since 1970 */
export function createIdentities(tokens: Readonly<Record<string, Identity>>, now: () => number): Identities {
  const minted = new Map<string, { readonly identity: Identity; readonly expires: number }>()
  return {
    identify({ headers }) {
      const credentials = basicCredentials(headers)
      // PyPI takes tokens alone, under this one user name.
      if (credentials?.user !== "__token__") return undefined
      const { password } = credentials
      const lent = minted.get(password)
      if (lent !== undefined) return lent.expires > now() / 1000 ? lent.identity : undefined
      return Object.hasOwn(tokens, password) ? tokens[password] : undefined
    },
    mint(identity) {
      const token = `pypi-${randomBytes(24).toString("base64url")}`
      const expires = Math.floor(now() / 1000) + MINTED_LIFE
      minted.set(token, { identity, expires })
      return { token, expires }
    },
  }
}
