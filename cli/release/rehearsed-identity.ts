import { z } from "zod"
import { type Access, addressOf } from "../../rehearsal/access.js"
import { indexIdentityName } from "../../src/door/release/credential-names.js"
import type { Variables } from "../../src/door/release/real-reach.js"
import type { Ask } from "../../src/targets/http/exchange.js"
import { tokenClaims } from "../../src/targets/index/token-claims.js"
import { askIdentity } from "../../src/targets/index/trusted-publishing.js"

/** What a rehearsal makes of a job's identity. */
export interface IdentityParts {
  readonly ask: Ask
  readonly access: Access
  readonly env: Variables
}

/**
 * The variables with which a job proves who it is, as the rehearsal's own CI service gives them to a job that has such
 * variables. A real service's proof would be handed to a stand-in that can't check it, so that one vouches in its place;
 * a proof that comes from the rehearsal is taken as it is. Empty for whoever has none.
 */
export async function rehearsedIdentity({ ask, access, env }: IdentityParts): Promise<Variables> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env
  const { fromHere } = addressOf(access, "ci")
  if (url && token) {
    if (url.startsWith(`${fromHere}/`)) return pick(env, [...REQUEST])
    return { ACTIONS_ID_TOKEN_REQUEST_URL: `${fromHere}/token`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: access.credentials.ci }
  }
  const given = await Promise.all(
    (["pypi", "testpypi"] as const).map(async (audience) => {
      const name = indexIdentityName(audience, "index")
      const proof = env[name]
      if (!proof) return {}
      return { [name]: issuerOf(proof) === fromHere ? proof : await askFor(audience, { ask, access }) }
    }),
  )
  return Object.assign({}, ...given)
}

const REQUEST = ["ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"] as const

function pick(env: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(names.map((name) => [name, env[name]]))
}

async function askFor(audience: string, { ask, access }: Omit<IdentityParts, "env">): Promise<string | undefined> {
  const url = `${addressOf(access, "ci").fromHere}/token`
  const proof = await askIdentity(ask, { url, token: async () => access.credentials.ci }, audience)
  return proof.kind === "read" ? proof.value.value : undefined
}

const issuerSchema = z.object({ iss: z.string() })

function issuerOf(proof: string): string | undefined {
  return issuerSchema.safeParse(tokenClaims(proof)).data?.iss
}
