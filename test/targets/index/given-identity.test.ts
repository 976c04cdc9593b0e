import { expect, test } from "vitest"
import { givenTokens } from "../../../src/targets/index/given-identity.js"
import { startIndex, WISH } from "./index-server.js"

/** An index, and an identity as a runner gives it to a job. */
async function given(query = "audience=pypi") {
  const server = await startIndex()
  const { ask, ci, endpoints, log } = server
  const answer = await fetch(`${ci.url}?${query}`, { headers: { authorization: `Bearer ${await ci.token()}` } })
  const proof = ((await answer.json()) as { value: string }).value
  const identity = { name: "PYPI_ID_TOKEN", proof }
  const tokens = givenTokens({ ask, exchange: endpoints.exchange ?? "", identity, now: Date.now })
  const exchanges = () => log.read().filter(({ target }) => target === "/_/oidc/mint-token").length
  return { ...server, tokens, exchanges }
}

test("an identity that an index takes once is exchanged once for all uploads", async () => {
  const { tokens, exchanges, client, close } = await given()
  const { files } = client(tokens.token)
  expect(await files.apply(WISH)).toMatchObject({ kind: "done" })
  expect(await files.apply(WISH)).toMatchObject({ kind: "done" })
  expect(exchanges()).toBe(1)
  await close()
})

test("to look whether it would be taken does not use it up", async () => {
  const { tokens, exchanges, close } = await given()
  expect(await tokens.foresee()).toBeUndefined()
  expect(exchanges()).toBe(0)
  expect(await tokens.token()).toMatchObject({ kind: "token" })
  await close()
})

test.each([
  ["for another index", "audience=testpypi", "is for the audience testpypi, and the index wants pypi"],
  ["that is over", "audience=pypi&life=-1", "PYPI_ID_TOKEN ended at "],
])("an identity %s is named without asking for a token", async (_, query, why) => {
  const { tokens, exchanges, close } = await given(query)
  expect(await tokens.foresee()).toMatchObject({ kind: "refused", why: expect.stringContaining(why) })
  expect(exchanges()).toBe(0)
  await close()
})

test("what is no identity is named by its variable", async () => {
  const ask = () => Promise.reject(new Error("somebody was asked"))
  const identity = { name: "PYPI_ID_TOKEN", proof: "nonsense" }
  const { foresee } = givenTokens({ ask, exchange: "", identity, now: Date.now })
  expect(await foresee()).toMatchObject({ kind: "refused", why: "PYPI_ID_TOKEN is no identity token" })
})
