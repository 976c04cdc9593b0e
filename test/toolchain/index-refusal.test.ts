import { expect, test } from "vitest"
import { readIndexRefusal } from "../../src/toolchain/index-refusal.js"

const HINT = (url: string) =>
  `error: No solution found when resolving dependencies\n\nhint: An index URL (${url}) could not be queried due to a lack of valid authentication credentials (401 Unauthorized)\n`
const PIP = "WARNING: 401 Error, Credentials not correct for http://own.example/simple/uv/"
const own = { url: "http://own.example/simple/" }
const extra = [{ url: "http://more.example/simple", credential: "MORE" }]

test.each([
  ["a wrong credential", HINT("http://own.example/simple"), { ...own, credential: "OWN" }, /secret OWN \(401/, /OWN:/],
  ["pip's words for it", PIP, { ...own, credential: "OWN" }, /secret OWN \(401\)/, /OWN:/],
  ["none at all", HINT("http://own.example/simple"), own, /without credentials/, /^name .*: index\.credential = /],
  ["the other index", HINT("http://more.example/simple"), { ...own, extra }, /more\.example.* MORE/, /MORE/],
  ["the other's none", HINT("http://m.example"), { extra: [{ url: "http://m.example" }] }, /m\.example/, /extra\[0\]/],
  ["an index that no setting names", HINT("http://x.example"), undefined, /^the package index refuses/, /index\.cred/],
])("names the index and the secret for %s", (_, said, index, reason, next) => {
  expect(readIndexRefusal(said, index)).toEqual({
    reason: expect.stringMatching(reason),
    next: expect.stringMatching(next),
  })
})

test("a failure of another kind is no refusal", () => {
  expect(readIndexRefusal("error: Failed to fetch: `http://own.example/simple/401/`", own)).toBeUndefined()
})
