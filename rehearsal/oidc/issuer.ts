import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from "node:crypto"
import { bearerToken } from "../http/basic-auth.js"
import { type Handler, json } from "../http/exchange.js"

/** What an identity token says of the job that asked for it. */
export interface Claims {
  readonly iss: string
  readonly aud: string
  /** Seconds since 1970. */
  readonly exp: number
  readonly jti: string
  /** `owner/name`. */
  readonly repository: string
  readonly workflow: string
}

/** Stands in for a CI service that vouches for its jobs (OpenID Connect). */
export interface Issuer {
  /**
   * Answers a job that asks for a token for an audience, as GitHub Actions does: `GET /token?audience=…`. `workflow` and
   * `life` (seconds) beside it make tokens of another job, and ones that are over.
   */
  readonly handler: Handler
  /** The claims of a token of this issuer; undefined where the signature is not its own. */
  read(token: string): Claims | undefined
}

/** What an issuer is made with. */
export interface IssuerOptions {
  /** The secret that a job asks with. */
  readonly requestToken: string
  readonly repository: string
  readonly workflow: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Seconds for which an identity token is valid. */
const LIFE = 300

/** Makes an issuer with a key of its own. */
export function createIssuer({ requestToken, repository, workflow, now }: IssuerOptions): Issuer {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const publicKey = createPublicKey(privateKey)
  return {
    async handler(call) {
      if (call.path !== "/token") return json(404, { message: "Not Found" })
      if (bearerToken(call.headers) !== requestToken) return json(401, { message: "Unauthorized" })
      const claims: Claims = {
        iss: call.origin,
        aud: call.query.get("audience") ?? call.origin,
        exp: Math.floor(now() / 1000) + Number(call.query.get("life") ?? LIFE),
        jti: randomUUID(),
        repository,
        workflow: call.query.get("workflow") ?? workflow,
      }
      return json(200, { value: encode(claims, privateKey) })
    },
    read: (token) => decode(token, publicKey),
  }
}

/** A JSON Web Token, signed with ES256 (RFC 7518, 3.4). */
function encode(claims: Claims, key: KeyObject): string {
  const text = [{ alg: "ES256", typ: "JWT" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".")
  return `${text}.${sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`
}

function decode(token: string, key: KeyObject): Claims | undefined {
  const [header = "", claims = "", signature = ""] = token.split(".")
  const signed = Buffer.from(`${header}.${claims}`)
  if (!verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url")))
    return undefined
  return JSON.parse(Buffer.from(claims, "base64url").toString("utf8")) as Claims
}
