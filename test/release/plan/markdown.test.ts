import { expect, test } from "vitest"
import { renderPlan } from "../../../src/release/plan/markdown.js"
import { planRelease } from "../../../src/release/plan-release.js"
import { type FactsGiven, factsOf, NOW, policy } from "../fixture.js"

async function rendered(facts: FactsGiven): Promise<string> {
  const plan = await planRelease(factsOf(facts), policy(), NOW)
  if (plan.kind === "refused") throw new Error(plan.message)
  return renderPlan(plan)
}

const history = ["feat: a", { tag: "v1.2.0" }, "feat(api)!: drop `x` of @ada | <b>", "docs: c"]

test("a release tells version, reason, notes, edits and steps, in this order", async () => {
  const text = await rendered({ history, version: "1.2.0\n" })
  expect(text.split("\n").filter((line) => /^###? /.test(line))).toEqual([
    "## engine 1.2.0 → 2.0.0 (final, from main)",
    "### What the commits ask for",
    "### Notes",
    "### Edits",
    "### Steps",
  ])
  expect(text).toContain("```diff\ndiff --git a/VERSION b/VERSION")
  expect(text).toContain("-1.2.0\n+2.0.0\n```")
  expect(text).toContain("Commits that release nothing: 1.\n")
  expect(text).toContain(
    "| **stays** | Push commit and tag together, or neither | git remote | a commit on main, tag v2.0.0 |",
  )
})

test("what an author typed is no markup of the page", async () => {
  const text = await rendered({ history })
  expect(text).toContain("| major! | feat(api) | drop \\`x\\` of @\u200bada \\| \\<b\\> |")
})

test("nothing to release is one line and its reason", async () => {
  expect(await rendered({ history: ["feat: a", { tag: "v1.0.0" }], remote: null })).toBe(
    "## engine: nothing to release\n\nthere is no commit since v1.0.0\n\n> there is no git remote, so this release can only be rehearsed\n",
  )
})
