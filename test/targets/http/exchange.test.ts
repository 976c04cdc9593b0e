import { expect, test } from "vitest"
import { createAsk } from "../../../src/targets/http/exchange.js"

/** As Node's `fetch` fails: the reason is in the cause. */
function failing(code: string): typeof globalThis.fetch {
  return async () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("what OpenSSL says"), { code }) })
  }
}

test.each([
  [
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): name the file of its authority in NODE_EXTRA_CA_CERTS",
  ],
  ["CERT_HAS_EXPIRED", "its certificate has expired (CERT_HAS_EXPIRED)"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is another host's (ERR_TLS_CERT_ALTNAME_INVALID)"],
  ["ECONNREFUSED", "ECONNREFUSED"],
])("after %s the server certainly did nothing, and it is told in words", async (code, words) => {
  const reply = await createAsk(failing(code))({ url: "https://index.example:8443/legacy/", method: "POST" })
  expect(reply).toEqual({ kind: "silent", unsent: true, why: `index.example:8443: ${words}` })
})

test("a connection that broke may have brought the request there", async () => {
  const reply = await createAsk(failing("ECONNRESET"))({ url: "https://index.example/legacy/", method: "POST" })
  expect(reply).toEqual({ kind: "silent", unsent: false, why: "index.example: ECONNRESET" })
})
