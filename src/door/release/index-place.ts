import type { Ask } from "../../targets/http/exchange.js"
import type { IndexEndpoints } from "../../targets/index/endpoints.js"
import { givenTokens } from "../../targets/index/given-identity.js"
import { mintToken } from "../../targets/index/trusted-publishing.js"
import { indexIdentityName, indexTokenName } from "./credential-names.js"
import type { IndexPlace } from "./reach.js"
import type { Variables } from "./real-reach.js"

/** Which index, and what its credentials follow from. */
export interface IndexWish {
  readonly ask: Ask
  readonly env: Variables
  readonly endpoints: IndexEndpoints
  readonly which: "index" | "test-index"
}

/**
 * An index with the credentials that the variables have for it: a token; else the job's identity, which GitHub is asked
 * for before each upload and with which GitLab starts the job.
 */
export function indexPlace({ ask, env, endpoints, which }: IndexWish): IndexPlace {
  const { name, exchange } = endpoints
  const variable = indexTokenName(name, which)
  const token = env[variable]
  if (token) return { endpoints, token: async () => ({ kind: "token", token }) }
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: request } = env
  if (exchange !== undefined && url && request) {
    return { endpoints, token: () => mintToken(ask, exchange, { url, token: async () => request }) }
  }
  const identity = indexIdentityName(name, which)
  const proof = env[identity]
  if (exchange !== undefined && proof) {
    return { endpoints, ...givenTokens({ ask, exchange, identity: { name: identity, proof }, now: Date.now }) }
  }
  const next = `export ${variable}=…, or release from a job that ${name} trusts`
  return { endpoints, token: async () => ({ kind: "refused", why: `there is no token for ${name}`, next }) }
}
