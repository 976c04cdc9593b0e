import type { IncomingHttpHeaders } from "node:http"

/** User name and password of an `Authorization: Basic …` header; undefined where there is none. */
export function basicCredentials(
  headers: IncomingHttpHeaders,
): { readonly user: string; readonly password: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, "base64").toString("utf8")
  const colon = text.indexOf(":")
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** The token of an `Authorization: Bearer …` (or GitHub's `token …`) header; undefined where there is none. */
export function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  return /^(?:Bearer|token)\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1]
}
