import { describe, expect, it } from "vitest"
import { settingsSchema } from "../../src/project/settings.js"
import { ageDemand, confidenceDemand, coverageDemand, demandsCoverage, demandsTests } from "../../src/stages/policy.js"

const STRICT = { policy: "strict" }

describe("what a policy demands", () => {
  it.each([
    ["nothing", {}, null, undefined],
    ["the project's own", {}, 85, { percent: 85, more: false }],
    ["the setting over it", { coverage: { minimum: 60 } }, 85, { percent: 60, more: false }],
    ["more than 90 by strict", STRICT, null, { percent: 90, more: true }],
    [
      "more than 90 by strict, whatever less is set",
      { ...STRICT, coverage: { minimum: 90 } },
      85,
      { percent: 90, more: true },
    ],
    ["what is set above that", { ...STRICT, coverage: { minimum: 95 } }, null, { percent: 95, more: false }],
    ["the project's own above that", STRICT, 100, { percent: 100, more: false }],
  ])("of coverage: %s", (_, settings, failUnder, demand) => {
    expect(coverageDemand(settingsSchema.parse(settings), failUnder)).toEqual(demand)
  })

  it.each([
    [{}, undefined],
    [{ outdated: { gate: true } }, 0],
    [{ outdated: { maxAge: 14 } }, 14],
    [STRICT, 0],
    [{ ...STRICT, outdated: { maxAge: 14 } }, 14],
  ])("of the age of dependencies: %o", (settings, days) => {
    expect(ageDemand(settingsSchema.parse(settings))).toBe(days)
  })

  it("strict measures coverage, wants tests, and passes over no finding for its confidence", () => {
    const [strict, usual] = [STRICT, {}].map((policy) =>
      settingsSchema.parse({ ...policy, security: { confidence: "high" } }),
    ) as [ReturnType<typeof settingsSchema.parse>, ReturnType<typeof settingsSchema.parse>]
    expect([strict, usual].map(demandsCoverage)).toEqual([true, false])
    expect([strict, usual].map(demandsTests)).toEqual([true, false])
    expect([strict, usual].map(confidenceDemand)).toEqual(["low", "high"])
  })

  it.each(["lint", "types", "security", "audit", "outdated", "test", "coverage"])(
    "strict is not had without %s",
    (stage) => {
      const half = { [stage]: { enabled: false } }
      expect(settingsSchema.safeParse({ ...STRICT, ...half }).error?.issues).toMatchObject([
        { path: [stage, "enabled"] },
      ])
      expect(settingsSchema.safeParse(half).success).toBe(true)
    },
  )
})
