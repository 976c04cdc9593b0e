import fc from "fast-check"
import { expect, test } from "vitest"
import type { ReleaseFacts } from "../../src/release/facts.js"
import { type Plan, planSchema, type ReleasePlan } from "../../src/release/plan/schema.js"
import { planRelease } from "../../src/release/plan-release.js"
import type { PlanRefusal } from "../../src/release/refusal.js"
import { readSemVer } from "../../src/release/version/semver-text.js"
import { compareVersions, type Version } from "../../src/release/version/version.js"
import { factsOf, type History, NOW, policy } from "./fixture.js"

const RELEASABLE = ["feat: a", "fix(core): b", "perf: c", "feat!: d", "docs: e\n\nBREAKING CHANGE: e"]
const SILENT = ["docs: f", "chore: g", "Tidy", "Merge branch 'x'", "ci(gh): h"]

const version = fc.tuple(fc.nat(3), fc.nat(20), fc.nat(20)).map(([major, minor, patch]) => `${major}.${minor}.${patch}`)
const tag = version.map((text) => ({ tag: `v${text}` }))
const candidate = fc.tuple(version, fc.nat(5)).map(([text, number]) => ({ tag: `v${text}-rc.${number}` }))
const message = fc.constantFrom(...RELEASABLE, ...SILENT)
const history: fc.Arbitrary<History> = fc.array(
  fc.oneof({ weight: 8, arbitrary: message }, { weight: 1, arbitrary: tag }, { weight: 1, arbitrary: candidate }),
  { minLength: 1, maxLength: 40 },
)
const settings = fc.record({
  push: fc.constantFrom("commit-and-tag" as const),
  targets: fc.record({
    index: fc.constantFrom("pypi", false as const),
    testIndex: fc.constantFrom("testpypi", false as const),
    image: fc.constantFrom("ghcr.io/ada/engine", false as const),
    forge: fc.constantFrom("github" as const, "gitlab" as const, "auto" as const, false as const),
  }),
  zero: fc.record({ breaking: fc.constantFrom("major", "minor"), feature: fc.constantFrom("minor", "patch") }),
})
const facts: fc.Arbitrary<ReleaseFacts> = fc
  .record({
    history,
    branch: fc.constantFrom("main", "next"),
    remote: fc.constantFrom("https://github.com/ada/engine.git", "git@gitlab.com:a/b/c.git", null),
    version: fc.option(version.map((text) => `${text}\n`)),
  })
  .map(({ history: written, branch, remote, version: stated }) => {
    const made = factsOf({ history: written, remote, version: stated })
    return { ...made, head: { ...made.head, branch } }
  })

function forEveryPlan(check: (plan: Plan | PlanRefusal, given: ReleaseFacts) => void | Promise<void>) {
  return fc.assert(
    fc.asyncProperty(facts, settings, async (given, chosen) => {
      await check(await planRelease(given, policy(chosen), NOW), given)
    }),
    { numRuns: 60 },
  )
}

function forEveryRelease(check: (plan: ReleasePlan, given: ReleaseFacts) => void | Promise<void>) {
  return forEveryPlan((plan, given) => (plan.kind === "release" ? check(plan, given) : undefined))
}

function versionOf(text: string): Version {
  const read = readSemVer(text)
  if (read.kind !== "version") throw new Error(text)
  return read.version
}

test("the push of commit and tag comes before every permanent step", () =>
  forEveryRelease(({ steps }) => {
    const permanent = steps.flatMap(({ effect }, index) => (effect === "permanent" ? [index] : []))
    expect(steps.filter(({ id }) => id === "push")).toHaveLength(1)
    expect(permanent[0]).toBe(steps.findIndex(({ id }) => id === "push"))
  }))

test("the journal is taken before anything else is written", () =>
  forEveryRelease(({ steps }) => {
    expect(steps.find(({ writes }) => writes.length > 0)?.id).toBe("journal")
  }))

test("the next version is greater than every release that the commit contains", () =>
  forEveryRelease(({ version: next }, { tags }) => {
    for (const { name } of tags)
      expect(compareVersions(versionOf(next.semver), versionOf(name.slice(1)))).toBeGreaterThan(0)
  }))

test("the next version is at least what the files say", () =>
  forEveryRelease(({ version: next, channel }, { versions }) => {
    const stated = versions.texts.get("VERSION")?.text.trim()
    if (stated === undefined || channel !== "final") return
    expect(compareVersions(versionOf(next.semver), versionOf(stated))).toBeGreaterThanOrEqual(0)
  }))

test("without a releasable commit there is nothing", () =>
  forEveryPlan((plan, { commits, tags }) => {
    const tagged = new Set(tags.map(({ commit }) => commit))
    const end = commits.findIndex(({ hash }) => tagged.has(hash))
    const since = end < 0 ? commits : commits.slice(0, end)
    // Only what follows the newest tag of any kind is looked at here, so the other direction holds on finals alone.
    if (plan.kind === "nothing") expect(since.filter((each) => RELEASABLE.includes(each.message))).toEqual([])
    if (commits.every((each) => SILENT.includes(each.message))) expect(plan.kind).not.toBe("release")
  }))

test("each releasable commit is a reason once, and stands once in the notes", () =>
  forEveryRelease(({ why, notes }, { commits }) => {
    const reasons = why.commits.map(({ hash }) => hash)
    expect(new Set(reasons).size).toBe(reasons.length)
    for (const hash of reasons) expect(notes.match(new RegExp(`[(\\[]${hash.slice(0, 7)}[)\\]]`, "g"))).toHaveLength(1)
    for (const { hash, message: text } of commits) if (SILENT.includes(text)) expect(reasons).not.toContain(hash)
  }))

test("the same facts give the same plan", () =>
  fc.assert(
    fc.asyncProperty(facts, async (given) => {
      const [one, other] = await Promise.all([planRelease(given, policy(), NOW), planRelease(given, policy(), NOW)])
      expect(JSON.stringify(one)).toBe(JSON.stringify(other))
    }),
    { numRuns: 30 },
  ))

test("every plan is a plan file", () =>
  forEveryPlan((plan) => {
    if (plan.kind !== "refused") expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
  }))

test("whatever a commit says, there is an answer", () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), fc.string(), async (messages, type) => {
      const written = [...messages, `${type}: a`, `feat(${type}): b`, `__proto__: c`, `constructor: d`]
      const plan = await planRelease(factsOf({ history: written }), policy(), NOW)
      expect(["release", "nothing"]).toContain(plan.kind)
    }),
    { numRuns: 60 },
  ))
