/**
 * What an identity token says of itself (the payload of a JWT, RFC 7519); undefined for what is none. Nobody here checks who
 * signed it: the index does.
 */
export function tokenClaims(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"))
  } catch {
    return undefined
  }
}
