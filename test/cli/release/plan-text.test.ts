import { expect, test } from "vitest"
import { marksFor } from "../../../cli/release/marks.js"
import { planText } from "../../../cli/release/plan-text.js"
import { createStyle } from "../../../cli/style.js"
import { planRelease } from "../../../src/release/plan-release.js"
import { type FactsGiven, factsOf, NOW, policy } from "../../release/fixture.js"

const look = { style: createStyle({ colour: false }), marks: marksFor({ env: { LANG: "C.UTF-8" } }), columns: 120 }

async function textOf(given: FactsGiven, settings: unknown = {}, columns = 120): Promise<string> {
  const plan = await planRelease(factsOf(given), policy(settings), NOW)
  if (plan.kind === "refused") throw new Error(plan.message)
  return planText(plan, { ...look, columns })
}

test("a release, from the version to the last step", async () => {
  const text = await textOf({
    history: ["chore: a", { tag: "v1.2.0" }, "feat(api)!: drop `x`", "fix: __all__ (#4)", "docs: d"],
    version: "1.2.0\n",
  })
  expect(text).toBe(`engine 1.2.0 → 2.0.0  final, from main

why
  what the commits ask for
  patch   fix        __all__ (#4)  abc0003
  major!  feat(api)  drop \`x\`      abc0002
  and 1 commit that releases nothing

notes
  │ Breaking changes
  │
  │ * **api:** drop \`x\` (abc0002)
  │
  │ Bug fixes
  │
  │ * __all__ (#4) (abc0003)

edits
  VERSION
    -1.2.0
    +2.0.0
  CHANGELOG.md  11 lines added: the notes above

steps
  ⟲ Ask every target whether this release may happen         all targets
  ⟲ Take the release, for this machine alone                 git remote   refs/quillon/release/2.0.0
  ⟲ Build the release commit and run all gates on its bytes  containers   digests into refs/quillon/release/2.0.0
  ⟲ Stage the bytes where readers don't see them             github       a draft of v2.0.0 with
                                                                          engine-2.0.0-py3-none-any.whl,
                                                                          engine-2.0.0.tar.gz, SHA256SUMS, SBOM
  ● Push commit and tag together, or neither                 git remote   a commit on main, tag v2.0.0
  ● Upload the wheels, then the sdist                        pypi         engine-2.0.0-py3-none-any.whl,
                                                                          engine-2.0.0.tar.gz
  ⟲ Install from the index by hash, and import               pypi
  ● Publish the release page                                 github       release v2.0.0
  ⟲ Replace the journal by a receipt                         git remote   a note on v2.0.0

  ⟲ can be withdrawn   ● stays
`)
})

test("on a narrow terminal no line is longer than it, and what a step writes stands below it", async () => {
  const subject = `fix: a subject of many words that does not fit ${"once more ".repeat(5)}`
  const text = await textOf({ history: ["chore: a", { tag: "v1.2.0" }, subject] }, {}, 60)
  expect(text.split("\n").filter((line) => line.length > 60)).toEqual([])
  expect(text).toContain(
    "  ● Upload the wheels, then the sdist\n      pypi: engine-1.2.1-py3-none-any.whl,\n      engine-1.2.1.tar.gz\n",
  )
  expect(text).toMatch(/│ \* a subject of many words .*\n {2}│ {3}\S/)
})

test("nothing to release is two lines and a reason", async () => {
  expect(await textOf({ history: ["chore: a", { tag: "v1.2.0" }], remote: null })).toBe(
    "engine  nothing to release\n\n  there is no commit since v1.2.0\n\n  ! there is no git remote, so this release can only be rehearsed\n",
  )
})

test("a long history is counted, not printed", async () => {
  const text = await textOf({ history: Array.from({ length: 25 }, (_, index) => `fix: number ${index}`) })
  expect(text).toContain("number 24")
  expect(text.match(/^ {2}patch/gm)).toHaveLength(20)
  expect(text).toContain("and 5 more that release something")
})

test("a commit can't write to the terminal", async () => {
  const text = await textOf({ history: ["feat: \u001b[2Jred \u202eback\n\n::error::x"] })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(text).not.toMatch(/[\u001b\u202e]/)
  expect(text).not.toMatch(/^::/m)
})

test.each([
  [{ LANG: "de_DE.UTF-8" }, "⟲"],
  [{ LC_ALL: "C", LANG: "de_DE.UTF-8" }, "<"],
  [{ LC_ALL: "", LC_CTYPE: "C.utf8" }, "⟲"],
  [{}, "<"],
])("signs beyond ASCII only where the locale has them: %j", (env, mark) => {
  expect(marksFor({ env }).reversible).toBe(mark)
})
