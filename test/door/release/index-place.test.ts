import { expect, test } from "vitest"
import { indexPlace } from "../../../src/door/release/index-place.js"
import type { Variables } from "../../../src/door/release/real-reach.js"
import { endpointsOf } from "../../../src/targets/index/endpoints.js"

/** Asks for a token where the variables are these, and tells which addresses were asked. */
async function asked(env: Variables, index = "pypi") {
  const urls: string[] = []
  const ask = async ({ url }: { readonly url: string }) => {
    urls.push(url)
    const body = new TextEncoder().encode('{"audience": "pypi", "value": "proof", "token": "minted"}')
    return { kind: "answered", status: 200, headers: new Headers(), body } as const
  }
  const minted = await indexPlace({ ask, env, endpoints: endpointsOf(index), which: "index" }).token()
  return { minted, urls }
}

const GITHUB = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://ci.example/token?v=1",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "t",
}

test("a token that was given counts before the job's identity, and nobody is asked", async () => {
  expect(await asked({ ...GITHUB, PYPI_TOKEN: "own" })).toEqual({ minted: { kind: "token", token: "own" }, urls: [] })
})

test("GitHub is asked for an identity for the audience that the index names", async () => {
  expect(await asked(GITHUB)).toEqual({
    minted: { kind: "token", token: "minted" },
    urls: [
      "https://pypi.org/_/oidc/audience",
      "https://ci.example/token?v=1&audience=pypi",
      "https://pypi.org/_/oidc/mint-token",
    ],
  })
})

test("the identity with which GitLab started the job is exchanged as it is", async () => {
  expect(await asked({ PYPI_ID_TOKEN: "proof" })).toEqual({
    minted: { kind: "token", token: "minted" },
    urls: ["https://pypi.org/_/oidc/mint-token"],
  })
})

test("an index of one's own is asked at its own address", async () => {
  const { urls } = await asked({ INDEX_ID_TOKEN: "proof" }, "https://index.example/legacy/")
  expect(urls).toEqual(["https://index.example/_/oidc/mint-token"])
})
