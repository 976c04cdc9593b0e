import { z } from "zod"
import { type Ask, jsonOf, type Reply } from "../http/exchange.js"

/** How a job of a CI service asks for an identity token. */
export interface IdentityRequest {
  /** Takes a query parameter `audience`. */
  readonly url: string
  /** Gives the secret that the job asks with. */
  readonly token: () => Promise<string>
}

/** A short-lived token of an index, or why there is none. */
export type Minted =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "refused"; readonly why: string; readonly next: string }
  | { readonly kind: "unavailable"; readonly why: string }

/**
 * Exchanges the job's identity for a token of the index. It lives 15 minutes and is for one index, so it is asked for
 * right before each upload.
 *
 * @param exchange scheme and host of the index
 */
export async function mintToken(ask: Ask, exchange: string, identity: IdentityRequest): Promise<Minted> {
  const audience = read(await ask({ url: `${exchange}/_/oidc/audience` }), z.object({ audience: z.string() }))
  if (audience.kind !== "read") return { kind: "unavailable", why: `the index names no audience: ${audience.why}` }
  const url = new URL(identity.url)
  url.searchParams.set("audience", audience.value.audience)
  const asked = await ask({ url: url.href, headers: { authorization: `Bearer ${await identity.token()}` } })
  const proof = read(asked, z.object({ value: z.string() }))
  if (proof.kind !== "read") {
    const next = "give the job the permission id-token: write"
    return { kind: "refused", why: `the CI service gave no identity: ${proof.why}`, next }
  }
  const body = JSON.stringify({ token: proof.value.value })
  const headers = { "content-type": "application/json" }
  const reply = await ask({ method: "POST", url: `${exchange}/_/oidc/mint-token`, headers, body })
  const minted = read(reply, z.object({ token: z.string() }))
  if (minted.kind === "read") return { kind: "token", token: minted.value.token }
  if (reply.kind === "silent" || reply.status >= 500) return { kind: "unavailable", why: minted.why }
  const next = "add this repository and workflow as a trusted publisher of the project"
  return { kind: "refused", why: `the index does not trust this job: ${minted.why}`, next }
}

function read<T>(
  reply: Reply,
  schema: z.ZodType<T>,
): { readonly kind: "read"; readonly value: T } | { readonly kind: "unread"; readonly why: string } {
  if (reply.kind === "silent") return { kind: "unread", why: reply.why }
  const json = jsonOf(reply)
  const parsed = schema.safeParse(json)
  if (reply.status < 300 && parsed.success) return { kind: "read", value: parsed.data }
  const errors = z.object({ errors: z.array(z.object({ description: z.string() })) }).safeParse(json)
  return { kind: "unread", why: errors.data?.errors[0]?.description ?? `status ${reply.status}` }
}
