import { describe, expect, test } from "vitest"
import { isTagged } from "../../src/release/plan/tagged.js"
import { planRelease } from "../../src/release/plan-release.js"
import { type FactsGiven, factsOf, NOW, policy } from "./fixture.js"

const HISTORY = ["feat: begin", { tag: "v1.2.0" }, "feat: streaming", "chore(release): 1.3.0", { tag: "v1.3.0" }]

const planOfTag = (given: FactsGiven, { tag = "v1.3.0", settings = {} }: { tag?: string; settings?: unknown } = {}) =>
  planRelease(factsOf({ history: HISTORY, question: { kind: "tag", tag }, ...given }), policy(settings), NOW)

async function release(...args: Parameters<typeof planOfTag>) {
  const plan = await planOfTag(...args)
  return plan.kind === "release" ? plan : expect.fail(JSON.stringify(plan))
}

describe("the plan of a tag that is there", () => {
  test("says its version, edits nothing and pushes nothing", async () => {
    const plan = await release({ version: "1.3.0" })
    expect(plan).toMatchObject({
      version: { semver: "1.3.0", pep440: "1.3.0", tag: "v1.3.0" },
      previous: { version: "1.2.0" },
      branch: null,
      edits: [],
      hypothetical: false,
      why: { by: "tag", commits: [{ subject: "streaming" }] },
    })
    expect(isTagged(plan)).toBe(true)
    expect(plan.steps.find(({ id }) => id === "push")).toMatchObject({ effect: "reversible", writes: [] })
    expect(plan.steps.filter(({ effect }) => effect === "permanent").map(({ id }) => id)).toEqual(["index", "forge"])
  })

  test("tells what the changelog of its commit tells, else what its commits say", async () => {
    const changelog = "# Changelog\n\n## 1.3.0 (2026-01-01)\n\nBy hand.\n\n## 1.2.0\n\nOld.\n"
    expect((await release({ changelog })).notes.trim()).toBe("By hand.")
    expect((await release({})).notes).toContain("streaming")
  })

  test("is about the tag alone, whatever was tagged before or on the same commit later", async () => {
    const history = [...HISTORY, { tag: "v1.3.1" }]
    expect(await release({ history })).toMatchObject({ version: { semver: "1.3.0" }, previous: { version: "1.2.0" } })
  })

  test("has the channel of its version", async () => {
    const history = ["feat: begin", { tag: "v1.2.0" }, "feat: streaming", { tag: "v1.3.0-rc.1" }]
    expect(await release({ history }, { tag: "v1.3.0-rc.1" })).toMatchObject({ channel: "rc" })
  })

  test.each<[string, FactsGiven, string, string]>([
    ["a name that no tag has", {}, "v9.9.9", "NO_SUCH_RELEASE"],
    ["files that say another version", { version: "1.2.9" }, "v1.3.0", "TAG_DISAGREES"],
    ["a clone that lacks history", { shallow: true }, "v1.3.0", "SHALLOW_CLONE"],
  ])("is refused for %s", async (_, given, tag, code) => {
    expect(await planOfTag(given, { tag })).toMatchObject({ kind: "refused", code })
  })
})
