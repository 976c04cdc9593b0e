import { beforeAll, describe, expect, test } from "vitest"
import { type Present, readPlan, refusalOf } from "../../../src/release/plan/accept.js"
import type { Plan } from "../../../src/release/plan/schema.js"
import { digestSettings } from "../../../src/release/plan/settings.js"
import { planRelease } from "../../../src/release/plan-release.js"
import { type FactsGiven, factsOf, NOW, policy } from "../fixture.js"

let plan: Plan
let present: Present

async function make(given: FactsGiven = {}): Promise<Plan> {
  const facts = factsOf({ history: ["chore: a", { tag: "v1.2.0" }, "feat: b"], ...given })
  const settings = { release: policy(), version: facts.versions.settings }
  const made = await planRelease({ ...facts, settingsDigest: await digestSettings(settings) }, policy(), NOW)
  if (made.kind === "refused") throw new Error(made.message)
  return made
}

beforeAll(async () => {
  plan = await make()
  present = { head: plan.head, settings: plan.settings, settingsDigest: plan.settingsDigest }
})

test("a plan that was written is read again", () => {
  expect(readPlan(JSON.stringify(plan))).toEqual({ kind: "plan", plan })
})

test("a plan that matches is accepted", () => {
  expect(refusalOf(plan, present)).toBeUndefined()
})

describe("a plan that does not match is refused with the difference", () => {
  test.each<[string, () => Present, string]>([
    [
      "another commit",
      () => ({ ...present, head: "f".repeat(40) }),
      "head: abc000200000 in the plan, ffffffffffff now",
    ],
    [
      "another setting",
      () => ({ ...present, settings: { ...present.settings, release: policy({ push: "tag" }) }, settingsDigest: "x" }),
      'release.push: "commit-and-tag" in the plan, "tag" now',
    ],
    [
      "a setting that came",
      () => ({
        ...present,
        settings: { ...present.settings, release: policy({ commits: { bumps: { deps: "patch" } } }) },
      }),
      'release.commits.bumps.deps: absent in the plan, "patch" now',
    ],
    ["a digest alone", () => ({ ...present, settingsDigest: "0123456789abcdef" }), "settings digest: "],
  ])("%s", (_, now, difference) => {
    const refused = refusalOf(plan, now())
    expect(refused).toMatchObject({ kind: "refused", code: "PLAN_OUTDATED" })
    expect(refused?.message).toContain(difference)
  })

  test("both differences in one line", () => {
    const now = {
      ...present,
      head: "f".repeat(40),
      settings: { ...present.settings, release: policy({ push: "tag" }) },
    }
    expect(refusalOf(plan, now)?.message).toMatch(/head: .*; release\.push: /)
  })

  test("an answer to what would have been", async () => {
    const past = await make({ question: { kind: "past" } })
    expect(refusalOf(past, present)).toMatchObject({ code: "PLAN_HYPOTHETICAL" })
  })
})

describe("a file that is no plan of this version is refused", () => {
  test.each<[string, () => string, string, RegExp]>([
    ["not JSON", () => "plan", "NO_PLAN", /no JSON object/],
    ["another JSON", () => "null", "NO_PLAN", /no JSON object/],
    [
      "a newer schema",
      () => JSON.stringify({ ...plan, schema: 2 }),
      "PLAN_SCHEMA",
      /schema version 2, this Quillon reads 1/,
    ],
    ["no schema", () => JSON.stringify({ kind: "release" }), "PLAN_SCHEMA", /schema version none/],
    ["a key too many", () => JSON.stringify({ ...plan, extra: 1 }), "BAD_PLAN", /extra/],
    ["a step without effect", () => JSON.stringify({ ...plan, steps: [{ id: "x" }] }), "BAD_PLAN", /^steps\.0\./],
    ["a commit that is none", () => JSON.stringify({ ...plan, head: "main" }), "BAD_PLAN", /^head: /],
  ])("%s", (_, text, code, message) => {
    expect(readPlan(text())).toMatchObject({ kind: "refused", code, message: expect.stringMatching(message) })
  })
})

test("the digest of settings does not depend on the order of their keys", async () => {
  const { release, version } = plan.settings
  const turned = Object.fromEntries(Object.entries(release).reverse()) as typeof release
  expect(await digestSettings({ version, release: turned })).toBe(await digestSettings({ release, version }))
})

test("the digest is SHA-256 of JSON with sorted keys", async () => {
  // printf '{"a":[1,{"b":2,"c":3}]}' | sha256sum
  const digest = await digestSettings({ a: [1, { c: 3, b: 2 }] } as never)
  expect(digest).toBe("80cc944cde4752e7465addbe3ed5fd3943512aa92d2a11375405c2101cac7c00")
})
