import { describe, expect, test } from "vitest"
import type { ReleasePlan } from "../../src/release/plan/schema.js"
import { planRelease } from "../../src/release/plan-release.js"
import { type FactsGiven, factsOf, type History, NOW, policy } from "./fixture.js"

const v1: History = ["chore: begin", { tag: "v1.2.0" }]
const next = { head: { commit: "a".repeat(40), branch: "next" } }

async function plan(facts: FactsGiven, settings: unknown = {}) {
  return planRelease(factsOf(facts), policy(settings), NOW)
}

async function release(facts: FactsGiven, settings: unknown = {}): Promise<ReleasePlan> {
  const made = await plan(facts, settings)
  if (made.kind !== "release") throw new Error(JSON.stringify(made))
  return made
}

describe("the next version", () => {
  test.each<[string, FactsGiven, unknown, string]>([
    ["a fix is a patch", { history: [...v1, "fix: a"] }, {}, "1.2.1"],
    ["a feature is a minor", { history: [...v1, "fix: a", "feat: b", "fix: c"] }, {}, "1.3.0"],
    ["an exclamation mark is a major", { history: [...v1, "refactor!: a"] }, {}, "2.0.0"],
    ["a footer is a major", { history: [...v1, "fix: a\n\nBREAKING CHANGE: b"] }, {}, "2.0.0"],
    ["the other spelling of the footer, too", { history: [...v1, "fix: a\n\nBREAKING-CHANGE: b"] }, {}, "2.0.0"],
    ["with CRLF", { history: [...v1, "fix: a\r\n\r\nbody\r\n\r\nBREAKING CHANGE: b\r\n"] }, {}, "2.0.0"],
    ["a type in upper case counts", { history: [...v1, "FEAT: b"] }, {}, "1.3.0"],
    [
      "prose about breaking changes breaks nothing",
      { history: [...v1, "fix: a\n\nbreaking change of style"] },
      {},
      "1.2.1",
    ],
    ["below 1.0.0 a break is a minor", { history: ["feat: a", { tag: "v0.4.2" }, "feat!: b"] }, {}, "0.5.0"],
    [
      "unless the settings let the project grow up",
      { history: ["feat: a", { tag: "v0.4.2" }, "feat!: b"] },
      { zero: { breaking: "major" } },
      "1.0.0",
    ],
    [
      "below 1.0.0 a feature can be a patch",
      { history: ["feat: a", { tag: "v0.4.2" }, "feat: b"] },
      { zero: { feature: "patch" } },
      "0.4.3",
    ],
    [
      "a type of the settings counts",
      { history: [...v1, "deps: a"] },
      { commits: { bumps: { deps: "patch" } } },
      "1.2.1",
    ],
    [
      "a scope can be taken out",
      { history: [...v1, "fix: a", "feat(internal): b"] },
      { commits: { bumps: { "feat(internal)": "none" } } },
      "1.2.1",
    ],
    ["the first release without a version in files", { history: ["feat: a"] }, {}, "0.1.0"],
    ["the first release as the settings say", { history: ["feat: a"] }, { initial: "1.0.0" }, "1.0.0"],
    ["the first release is what VERSION says", { history: ["feat: a"], version: "3.3.0\n" }, {}, "3.3.0"],
    ["a source ahead of the commits wins", { history: [...v1, "fix: a"], version: "1.4.0\n" }, {}, "1.4.0"],
    ["commits ahead of the source win", { history: [...v1, "feat!: a"], version: "1.4.0\n" }, {}, "2.0.0"],
    ["a source that is level asks for nothing", { history: [...v1, "fix: a"], version: "1.2.0\n" }, {}, "1.2.1"],
    [
      "a pre-release in the source leads to its final",
      { history: [...v1, "fix: a"], version: "1.3.0-rc.2\n" },
      {},
      "1.3.0",
    ],
    [
      "a reverted feature is none",
      { history: [...v1, "feat: a", "fix: b", { message: 'Revert "feat: a"\n\nThis reverts commit abc0002.' }] },
      {},
      "1.2.1",
    ],
    [
      "taking back what was released is a patch",
      { history: [...v1, { message: 'Revert "feat: x"\n\nThis reverts commit fffffff.' }] },
      {},
      "1.2.1",
    ],
    [
      "a squashed commit counts by its parts",
      { history: [...v1, "Add things (#4)\n\n* feat: a\n* fix: b"] },
      {},
      "1.3.0",
    ],
    ["unless only the title is to count", { history: [...v1, "fix: things (#4)\n\n* feat: a"] }, {}, "1.2.1"],
    [
      "a commit that is not conventional can be a patch",
      { history: [...v1, "Fix it"] },
      { commits: { unconventional: "patch" } },
      "1.2.1",
    ],
    ["tags that are bare versions are releases", { history: ["feat: a", { tag: "1.2.0" }, "fix: b"] }, {}, "1.2.1"],
    [
      "tags as Python spells them are releases",
      { history: ["feat: a", { tag: "v1.2.0rc1" }, { tag: "v1.2" }, "fix: b"] },
      {},
      "1.2.1",
    ],
    ["a branch for candidates", { ...next, history: [...v1, "feat: a"] }, {}, "1.3.0-rc.1"],
    [
      "the second candidate",
      { ...next, history: [...v1, "feat: a", { tag: "v1.3.0-rc.1" }, "fix: b"] },
      {},
      "1.3.0-rc.2",
    ],
    [
      "a candidate that grew",
      { ...next, history: [...v1, "feat: a", { tag: "v1.3.0-rc.1" }, "feat!: b"] },
      {},
      "2.0.0-rc.1",
    ],
    [
      "the final after candidates",
      { history: [...v1, "feat: a", { tag: "v1.3.0-rc.1" }, { tag: "v1.3.0-rc.2" }] },
      {},
      "1.3.0",
    ],
    ["a channel that was asked for", { channel: "beta", history: [...v1, "feat: a"] }, {}, "1.3.0-beta.1"],
    ["a development version", { channel: "dev", history: [...v1, "feat: a"] }, {}, "1.3.0-0.dev.1"],
    [
      "since another release",
      { question: { kind: "since", tag: "v1.2.0" }, history: [...v1, "feat: a", { tag: "v1.3.0" }, "fix: b"] },
      {},
      "1.3.0",
    ],
    [
      "on a branch that a pattern names",
      { head: { commit: "a".repeat(40), branch: "release/2" }, history: [...v1, "fix: a"] },
      { channels: { "release/*": "final" } },
      "1.2.1",
    ],
  ])("%s", async (_, facts, settings, expected) => {
    expect((await release(facts, settings)).version.semver).toBe(expected)
  })

  test("is spelt for Python, too", async () => {
    const { version } = await release({ ...next, history: [...v1, "feat: a"] })
    expect(version).toEqual({ semver: "1.3.0-rc.1", pep440: "1.3.0rc1", tag: "v1.3.0-rc.1" })
  })

  test("keeps the form of the settings' tags", async () => {
    const history: History = ["feat: a", { tag: "engine-1.0.0" }, "fix: b"]
    expect((await release({ history, tagFormat: "engine-{version}" })).version.tag).toBe("engine-1.0.1")
  })
})

describe("nothing to release is an answer", () => {
  test.each<[string, FactsGiven, string]>([
    ["no commit", { history: v1 }, "there is no commit since v1.2.0"],
    [
      "documentation",
      { history: [...v1, "docs: a", "docs: b", "Tidy"] },
      "3 commits since v1.2.0 release nothing (docs 2, not conventional 1)",
    ],
    [
      "a feature and its revert",
      { history: [...v1, "feat: a", 'Revert "feat: a"\n\nThis reverts commit abc0002.'] },
      "2 commits since v1.2.0 release nothing (feat 1, revert 1)",
    ],
    [
      "a source that is ahead",
      { history: [...v1, "docs: a"], version: "1.4.0\n" },
      "the one commit since v1.2.0 releases nothing (docs 1); VERSION says 1.4.0, which the next release will at least be",
    ],
    ["an empty message", { history: [...v1, " "] }, "the one commit since v1.2.0 releases nothing"],
    [
      "a candidate without news",
      { ...next, history: [...v1, "feat: a", { tag: "v1.3.0-rc.1" }, "docs: b"] },
      "the one commit since v1.3.0-rc.1 releases nothing (docs 1)",
    ],
  ])("%s", async (_, facts, reason) => {
    expect(await plan(facts)).toMatchObject({ kind: "nothing", reason })
  })
})

describe("bad input is refused in one line", () => {
  test.each<[string, FactsGiven, unknown, string, RegExp]>([
    ["a shallow clone", { history: v1, shallow: true }, {}, "SHALLOW_CLONE", /lacks history/],
    [
      "release tags of the remote that the clone lacks",
      { history: [...v1, "fix: a"], remoteTags: ["v1.2.0", "v1.4.0", "nightly", "v1.3.0"] },
      {},
      "TAGS_MISSING",
      /2 release tags, e\.g\. v1\.4\.0/,
    ],
    [
      "a detached HEAD",
      { history: v1, head: { commit: "a".repeat(40), branch: null } },
      {},
      "DETACHED_HEAD",
      /on no branch/,
    ],
    [
      "a branch without a channel",
      { history: v1, head: { commit: "a".repeat(40), branch: "topic" } },
      {},
      "BRANCH_WITHOUT_CHANNEL",
      /topic .* main, master, next/,
    ],
    [
      "a tag ahead of the source",
      { history: [...v1, "fix: a"], version: "1.1.0\n" },
      {},
      "TAG_AHEAD",
      /v1\.2\.0 is ahead of 1\.1\.0 in VERSION/,
    ],
    [
      "two finals on one commit",
      { history: ["feat: a", { tag: "v1.2.0" }, { tag: "v1.3.0" }, "fix: b"] },
      {},
      "RIVAL_TAGS",
      /v1\.3\.0 and v1\.2\.0/,
    ],
    [
      "VERSION that is no version",
      { history: [...v1, "fix: a"], version: "one\n" },
      {},
      "MALFORMED_VERSION",
      /VERSION/,
    ],
    [
      "VERSION with a byte order mark",
      { history: [...v1, "fix: a"], version: "\ufeff1.2.0\n" },
      {},
      "MALFORMED_VERSION",
      /^VERSION begins with a byte order mark$/,
    ],
    [
      "VERSION with a stray line",
      { history: [...v1, "fix: a"], version: "1.2.0\n\n\nrest\n" },
      {},
      "MALFORMED_VERSION",
      /VERSION/,
    ],
    [
      "a version outside the domain",
      { history: [...v1, "fix: a"], version: "1.2.0.post1\n" },
      {},
      "VERSION_OUTSIDE",
      /post-release/,
    ],
    [
      "a channel that sorts before what is out",
      { channel: "alpha", history: [...v1, "feat: a", { tag: "v1.3.0-rc.1" }, "fix: b"] },
      {},
      "VERSION_BACKWARDS",
      /1\.3\.0-alpha\.1 would come before v1\.3\.0-rc\.1/,
    ],
    [
      "a commit that must be conventional",
      { history: [...v1, "Fix it"] },
      { commits: { unconventional: "refuse" } },
      "UNCONVENTIONAL_COMMIT",
      /abc0002 .*"Fix it"/,
    ],
    [
      "an unknown start",
      { history: v1, question: { kind: "since", tag: "v9.0.0" } },
      {},
      "NO_SUCH_RELEASE",
      /v9\.0\.0/,
    ],
    [
      "a deployment without image",
      { history: v1 },
      { targets: { deploy: ["live"] } },
      "CONTRADICTING_SETTINGS",
      /live/,
    ],
    [
      "an index that tries itself",
      { history: v1 },
      { targets: { testIndex: "pypi" } },
      "CONTRADICTING_SETTINGS",
      /both pypi/,
    ],
    [
      "a failure of what makes the wheel that is to stop nothing",
      { history: v1 },
      { allowedFailures: ["audit", "build"] },
      "CONTRADICTING_SETTINGS",
      /allowedFailures names build,/,
    ],
    ["a first version that is none", { history: ["feat: a"] }, { initial: "one" }, "BAD_INITIAL_VERSION", /"one"/],
    [
      "a tag alone over a file that lags",
      { history: [...v1, "fix: a"], version: "1.2.0\n" },
      { push: "tag" },
      "TAG_ONLY",
      /VERSION does not say 1\.2\.1/,
    ],
  ])("%s", async (_, facts, settings, code, message) => {
    const refused = await plan(facts, settings)
    expect(refused).toMatchObject({ kind: "refused", code, message: expect.stringMatching(message) })
    expect((refused as { next: string }).next).not.toBe("")
  })

  test("what may fail is said beforehand", async () => {
    const { remarks } = await release({ history: [...v1, "fix: a"] }, { allowedFailures: ["audit", "test@3.14"] })
    expect(remarks).toEqual(["a failure of audit, test@3.14 would not stop this release, and its notes would name it"])
  })

  test("a tag of the next version on another branch", async () => {
    const facts = factsOf({ history: [...v1, "feat: a"] })
    const elsewhere = { name: "v1.3.0", commit: "f".repeat(40), reachable: false, time: 0 }
    const refused = await planRelease({ ...facts, tags: [...facts.tags, elsewhere] }, policy(), NOW)
    expect(refused).toMatchObject({ code: "TAG_TAKEN", message: expect.stringContaining("v1.3.0 stands on fffffff") })
  })
})

describe("what a plan tells", () => {
  test("the commits that ask for the release, by what they ask for", async () => {
    const { why } = await release({ history: [...v1, "docs: a", "feat(api)!: b", "fix: c"] })
    expect(why.by).toBe("commits")
    expect(why.level).toBe("major")
    expect(why.silent).toBe(1)
    expect(why.commits.map(({ subject, level, breaking }) => [subject, level, breaking])).toEqual([
      ["c", "patch", false],
      ["b", "major", true],
    ])
  })

  test("places that disagree, which the release repairs", async () => {
    const pyproject = '[project]\nname = "engine"\nversion = "1.1.0"\n'
    const made = await release({
      history: [...v1, "fix: a"],
      version: "1.2.0\n",
      files: { "pyproject.toml": pyproject },
    })
    expect(made.remarks).toEqual(["pyproject.toml:3 says 1.1.0, VERSION says 1.2.0; the release writes one"])
    expect(made.edits.find(({ path }) => path === "pyproject.toml")?.diff).toContain(
      '-version = "1.1.0"\n+version = "1.2.1"\n',
    )
  })

  test("tags that are no versions", async () => {
    const { remarks } = await release({ history: ["feat: a", { tag: "nightly" }, { tag: "stable" }, "fix: b"] })
    expect(remarks).toEqual(["2 tags are no version and not counted: nightly, stable"])
  })

  test("a remote that nobody could ask for its tags", async () => {
    const facts = { history: [...v1, "fix: a"] }
    expect((await release({ ...facts, remoteTags: null })).remarks).toEqual([
      "the remote was not asked for its tags, so those of this clone count",
    ])
    expect((await release({ ...facts, remoteTags: ["v1.2.0", "nightly"] })).remarks).toEqual([])
  })

  test("no edit where the version is the tag and no changelog is kept, so the tag alone is pushed", async () => {
    const made = await release({ history: [...v1, "fix: a"] }, { changelog: { file: false } })
    expect(made.edits).toEqual([])
    expect(made.steps.find(({ id }) => id === "push")?.writes).toEqual(["tag v1.2.1"])
  })

  test("a changelog that the release can't write is named where it lacks the entry, and not for a candidate", async () => {
    const kept = {
      history: [...v1, "feat: a"],
      files: { "CHANGELOG.rst": "pluggy 1.2.0 (2026-01-01)\n====\n\nOld.\n" },
    }
    const remark =
      "CHANGELOG.rst:1 ends at 1.2.0 and is kept by hand: write its entry of 1.3.0 and commit it, the release's gates demand it"
    expect((await release(kept)).remarks).toEqual([remark])
    expect((await release({ ...next, ...kept })).remarks).toEqual([])
    const written = { "CHANGELOG.rst": "pluggy 1.3.0 (2026-11-24)\n====\n\nNew.\n" }
    expect((await release({ ...kept, files: written })).remarks).toEqual([])
    const ours = { "CHANGELOG.md": "# Changelog\n\n## 1.2.0\n" }
    expect((await release({ ...kept, files: ours, changelog: ours["CHANGELOG.md"] })).remarks).toEqual([])
  })

  test("a candidate leaves the changelog alone and moves no floating tag", async () => {
    const made = await release(
      { ...next, history: [...v1, "feat: a"], changelog: "# Changelog\n" },
      { targets: { image: "reg.example/a" } },
    )
    expect(made.edits).toEqual([])
    expect(made.imageTags).toEqual({ version: "1.3.0-rc.1", floating: [] })
  })

  test("a candidate tells what is new since the candidate before", async () => {
    const history: History = [...v1, "feat: a", { tag: "v1.3.0-rc.1" }, "fix: b"]
    const { notes } = await release({ ...next, history })
    expect(notes).toContain("* b ")
    expect(notes).not.toContain("* a ")
  })

  test("the steps of a release to everywhere, in their order", async () => {
    const targets = { testIndex: "testpypi", image: "reg.example/a", deploy: ["live"] }
    const { steps } = await release({ history: [...v1, "fix: a"], version: "1.2.0\n" }, { targets })
    expect(steps.map(({ id, effect }) => (effect === "permanent" ? id.toUpperCase() : id))).toEqual([
      "preflight",
      "journal",
      "build",
      "stage",
      "image",
      "test-index",
      "PUSH",
      "INDEX",
      "install",
      "FORGE",
      "IMAGE-TAGS",
      "deploy-live",
      "receipt",
    ])
    expect(steps.find(({ id }) => id === "index")?.writes).toEqual([
      "engine-1.2.1-py3-none-any.whl",
      "engine-1.2.1.tar.gz",
    ])
  })

  test("the same for a past commit, although the tag was set since", async () => {
    const facts = factsOf({ history: [...v1, "feat: a"], question: { kind: "past" } })
    const later = { name: "v1.3.0", commit: "f".repeat(40), reachable: false, time: 0 }
    expect(await planRelease({ ...facts, tags: [...facts.tags, later] }, policy(), NOW)).toMatchObject({
      kind: "release",
      hypothetical: true,
      version: { semver: "1.3.0" },
    })
  })

  test("no token of the remote's address", async () => {
    const remote = "https://ada:s3cr3t@github.com/ada/engine.git"
    expect(JSON.stringify(await release({ history: [...v1, "fix: a (#1)"], remote }))).not.toContain("s3cr3t")
  })

  test("an address with a password is no setting", () => {
    expect(() => policy({ targets: { index: "https://ada:s3cr3t@index.example/simple" } })).toThrow(/secrets/)
  })
})

test("edits of a project below the repository's root are patches of the repository", async () => {
  const { edits } = await release({
    history: [...v1, "fix: a"],
    version: "1.2.0",
    project: { folder: "services/api", pure: true, builds: true },
  })
  expect(edits.map(({ path }) => path)).toEqual(["services/api/VERSION", "services/api/CHANGELOG.md"])
  expect(edits[0]?.diff).toContain("--- a/services/api/VERSION\n+++ b/services/api/VERSION\n")
})
