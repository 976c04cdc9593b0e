/** What OpenSSL and Node call the ways in which a server's certificate is refused, in words; the request was never sent. */
const REFUSED: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  CERT_REVOKED: "its certificate was revoked",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is another host's",
}

/** Codes that an authority of one's own gives, when nobody was told of it. */
const UNKNOWN_AUTHORITY = new Set([
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
])

/**
 * Why a server's certificate was refused, in one line with what to do; undefined for codes that mean something else.
 * The codes are those of X509_verify_cert (OpenSSL) and of Node's `tls`.
 */
export function certificateTrouble(code: string): string | undefined {
  if (UNKNOWN_AUTHORITY.has(code)) {
    return `its certificate is not trusted (${code}): name the file of its authority in NODE_EXTRA_CA_CERTS`
  }
  const words = REFUSED[code]
  return words === undefined ? undefined : `${words} (${code})`
}
