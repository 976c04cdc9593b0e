import { z } from "zod"
import { type Ask, jsonOf, type Reply } from "../http/exchange.js"

/** How a job of a CI service asks for an identity token. */
export interface IdentityRequest {
  /** Takes a query parameter `audience`. */
  readonly url: string
  /** Gives the secret that the job asks with. */
  readonly token: () => Promise<string>
}

/** Why there is no token. */
export type Unminted =
  | { readonly kind: "refused"; readonly why: string; readonly next: string }
  | { readonly kind: "unavailable"; readonly why: string }

/** A short-lived token of an index, or why there is none. */
export type Minted =
  | { readonly kind: "token"; readonly token: string; readonly expires?: number | undefined }
  | Unminted

/**
 * Exchanges the job's identity for a token of the index. It lives 15 minutes and is for one index, so it is asked for
 * right before each upload.
 *
 * @param exchange scheme and host of the index
 */
export async function mintToken(ask: Ask, exchange: string, identity: IdentityRequest): Promise<Minted> {
  const audience = await audienceOf(ask, exchange)
  if (audience.kind !== "read") return audience
  const proof = await askIdentity(ask, identity, audience.value)
  if (proof.kind === "read") return exchangeProof(ask, exchange, proof.value.value)
  const next = "give the job the permission id-token: write"
  return { kind: "refused", why: `the CI service gave no identity: ${proof.why}`, next }
}

/** Asks the CI service for an identity token of the job for an audience. */
export async function askIdentity(
  ask: Ask,
  { url, token }: IdentityRequest,
  audience: string,
): Promise<ReadReply<{ readonly value: string }>> {
  const wanted = new URL(url)
  wanted.searchParams.set("audience", audience)
  const reply = await ask({ url: wanted.href, headers: { authorization: `Bearer ${await token()}` } })
  return read(reply, z.object({ value: z.string() }))
}

/** The audience for which an index wants an identity token to be made. */
export async function audienceOf(
  ask: Ask,
  exchange: string,
): Promise<{ readonly kind: "read"; readonly value: string } | Unminted> {
  const reply = await ask({ url: `${exchange}/_/oidc/audience` })
  const audience = read(reply, z.object({ audience: z.string() }))
  if (audience.kind === "read") return { kind: "read", value: audience.value.audience }
  const why = `the index names no audience: ${audience.why}`
  if (saysNothing(reply)) return { kind: "unavailable", why }
  return { kind: "refused", why, next: "give it a token: it may have no trusted publishing" }
}

/** Exchanges an identity token, which an index takes once, for a token of the index. */
export async function exchangeProof(ask: Ask, exchange: string, proof: string): Promise<Minted> {
  const body = JSON.stringify({ token: proof })
  const headers = { "content-type": "application/json" }
  const reply = await ask({ method: "POST", url: `${exchange}/_/oidc/mint-token`, headers, body })
  const minted = read(reply, z.object({ token: z.string(), expires: z.number().optional() }))
  if (minted.kind === "read") return { kind: "token", ...minted.value }
  if (saysNothing(reply)) return { kind: "unavailable", why: minted.why }
  const next = "add this repository and workflow as a trusted publisher of the project"
  return { kind: "refused", why: `the index does not trust this job: ${minted.why}`, next }
}

/** An answer as it should be, or why it is not. */
export type ReadReply<T> =
  | { readonly kind: "read"; readonly value: T }
  | { readonly kind: "unread"; readonly why: string }

/** True where another time may bring another answer. */
function saysNothing(reply: Reply): boolean {
  return reply.kind === "silent" || reply.status >= 500 || reply.status === 429
}

function read<T>(reply: Reply, schema: z.ZodType<T>): ReadReply<T> {
  if (reply.kind === "silent") return { kind: "unread", why: reply.why }
  const json = jsonOf(reply)
  const parsed = schema.safeParse(json)
  if (reply.status < 300 && parsed.success) return { kind: "read", value: parsed.data }
  const errors = z.object({ errors: z.array(z.object({ description: z.string() })) }).safeParse(json)
  return { kind: "unread", why: errors.data?.errors[0]?.description ?? `status ${reply.status}` }
}
