import { expect, test } from "vitest"
import { knownSecrets, maskSecrets, unmaskSecrets, withoutCredentials } from "../../src/capsule/masking.js"

test("secrets that the settings name and variables named like one are known, words and short guesses are not", () => {
  const env = { DB: "hunter2", NPM_TOKEN: "npm-0123456789", MY_PASSWORD: "short", PIN: "abc", HOME: "/home/ada" }
  const known = knownSecrets(env, ["DB", "PIN"])
  expect([...new Set(known.map(({ name }) => name))]).toEqual(["NPM_TOKEN", "DB"])
})

test("a value is taken out of texts, lists and keys, the longer of two first", () => {
  const secrets = knownSecrets({ LONG: "hunter2hunter2", SHORT: "hunter2" }, ["LONG", "SHORT"])
  const masked = maskSecrets({ a: ["x hunter2hunter2 y", 3, null], "hunter2/path": true, clean: "no" }, secrets)
  expect(masked).toEqual({
    value: { a: ["x ***LONG*** y", 3, null], "***SHORT***/path": true, clean: "no" },
    names: ["LONG", "SHORT"],
  })
})

test("a value is found as it stands in JSON, in an address and in base64, and comes back in the same form", () => {
  const env = { DB: 'p@ss"w$&rd' }
  const texts = [`{"a": ${JSON.stringify(env.DB)}}`, "db://ada:p%40ss%22w%24%26rd@db", "Basic cEBzcyJ3JCZyZA==", env.DB]
  const masked = maskSecrets(texts, knownSecrets(env, ["DB"]))
  expect(masked).toEqual({
    value: ['{"a": "***DB:json***"}', "db://ada:***DB:url***@db", "Basic ***DB:base64***==", "***DB***"],
    names: ["DB"],
  })
  expect(unmaskSecrets(masked.value, ["DB"], env)).toEqual(texts)
})

test("who knows a value puts it back; another mask stays", () => {
  const text = "a ***DB*** b ***OTHER***"
  expect(unmaskSecrets(text, ["DB", "OTHER"], { DB: "hunter2" })).toBe("a hunter2 b ***OTHER***")
})

test.each([
  ["https://gitlab-ci-token:glcbt-64@forge.example/a/b.git", "https://forge.example/a/b.git"],
  ["https://token@forge.example/a/b.git", "https://forge.example/a/b.git"],
  ["https://forge.example/a@b.git", "https://forge.example/a@b.git"],
  ["ssh://git:pass@forge.example/a", "ssh://git@forge.example/a"],
  ["git@forge.example:a/b.git", "git@forge.example:a/b.git"],
  ["/srv/git/a.git", "/srv/git/a.git"],
])("of %s is left %s", (address, left) => {
  expect(withoutCredentials(address)).toBe(left)
})
