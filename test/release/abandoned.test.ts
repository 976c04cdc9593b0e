import { expect, test } from "vitest"
import { planRelease } from "../../src/release/plan-release.js"
import { chooseStart } from "../../src/release/tags.js"
import { type FactsGiven, factsOf, historyOf, NOW, policy } from "./fixture.js"

const HISTORY = ["feat: begin", { tag: "v1.2.0" }, "feat: streaming", "chore(release): 1.3.0", { tag: "v1.3.0" }]

const planOf = (given: FactsGiven) =>
  planRelease(factsOf({ version: "1.3.0", abandoned: ["1.3.0"], history: HISTORY, ...given }), policy(), NOW)

test("after an abandoned release the next free version brings what it would have brought", async () => {
  expect(await planOf({})).toMatchObject({
    kind: "release",
    version: { semver: "1.3.1", tag: "v1.3.1" },
    previous: { version: "1.2.0" },
    why: { commits: [{ subject: "streaming" }] },
    remarks: ["v1.3.0 was abandoned: its version is used up, and what it brought is told now"],
  })
})

test("without word of it, the tag counts as released", async () => {
  expect(await planOf({ abandoned: [] })).toMatchObject({ kind: "nothing" })
})

test.each<[string, FactsGiven, string]>([
  ["a fix came since", { history: [...HISTORY, "fix: a"] }, "1.3.1"],
  ["something broke since", { history: [...HISTORY, "feat!: b"] }, "2.0.0"],
  [
    "two were abandoned on one commit",
    { version: "1.3.1", history: [...HISTORY, { tag: "v1.3.1" }], abandoned: ["1.3.0", "1.3.1"] },
    "1.3.2",
  ],
  ["a candidate is asked for", { channel: "rc" }, "1.3.1-rc.1"],
  [
    "a candidate was abandoned",
    {
      version: null,
      history: [...HISTORY.slice(0, 3), { tag: "v1.3.0-rc.1" }],
      abandoned: ["1.3.0-rc.1"],
      channel: "rc",
    },
    "1.3.0-rc.2",
  ],
])("where %s, the next version is free and sorts after it", async (_, given, semver) => {
  expect(await planOf(given)).toMatchObject({ kind: "release", version: { semver } })
})

test("once a later version is out, an abandoned one is history", async () => {
  const history = [...HISTORY, "fix: a", { tag: "v1.3.1" }, "fix: b"]
  expect(await planOf({ history, version: "1.3.1" })).toMatchObject({
    version: { semver: "1.3.2" },
    why: { commits: [{ subject: "b" }] },
    remarks: [],
  })
})

test("a tag that was abandoned is not finished by its tag either", async () => {
  expect(await planOf({ question: { kind: "tag", tag: "v1.3.0" } })).toMatchObject({ code: "ABANDONED" })
})

test("commits begin after the last tag that was not abandoned", () => {
  expect(chooseStart(historyOf(HISTORY).tags, "v{version}", ["1.3.0"])).toBe("v1.2.0")
})
