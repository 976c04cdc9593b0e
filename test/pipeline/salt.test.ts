import { expect, test } from "vitest"
import { DAY, EFFECT, observe, PURE } from "../../src/pipeline/cache-policy.js"
import { saltOf } from "../../src/pipeline/salt.js"

const noon = Date.UTC(2026, 0, 2, 12)
const usual = { policy: PURE, now: noon, fresh: false, makeNonce: () => "n1" }

test("a pure step is the same step for ever", () => {
  expect(saltOf(usual)).toEqual({})
})

test("a step that observes is another step after its time to live, and not before", () => {
  const policy = observe(DAY)
  const at = (now: number) => saltOf({ ...usual, policy, now })
  expect(at(noon + 11 * 3_600_000)).toEqual(at(noon))
  expect(at(noon + 12 * 3_600_000)).not.toEqual(at(noon))
})

test.each([
  ["an effect", { policy: EFFECT }],
  ["a step that was asked for again", { fresh: true }],
  ["a retry", { nonce: "n1" }],
])("%s is never the same step twice", (_, change) => {
  expect(saltOf({ ...usual, ...change })).toEqual({ QUILLON_NONCE: "n1" })
})

test("a retry of a step that observes still ends with its time to live", () => {
  expect(saltOf({ ...usual, policy: observe(DAY), nonce: "n2" })).toEqual({
    QUILLON_NONCE: "n2",
    QUILLON_BUCKET: String(noon / 1000 / DAY - 0.5),
  })
})
