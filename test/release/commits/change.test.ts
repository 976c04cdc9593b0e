import { describe, expect, test } from "vitest"
import { type Change, readChanges } from "../../../src/release/commits/change.js"
import { createCommitParser } from "../../../src/release/commits/parser.js"

const parse = createCommitParser()

function changesOf(message: string, { squash = "parts" as const, parents = "p" } = {}): readonly Change[] {
  const parsed = parse(message)
  return parsed === undefined ? [] : readChanges({ ...parsed, hash: "abc", parents }, squash)
}

function changeOf(message: string): Change {
  const [change, ...more] = changesOf(message)
  if (change === undefined || more.length > 0) throw new Error(`${more.length} more changes`)
  return change
}

test.each<[string, string, string | null, string | null, string]>([
  ["type and subject", "fix: a", "fix", null, "a"],
  ["scope", "feat(api): a b", "feat", "api", "a b"],
  ["a scope with blanks and slashes", "fix(core, api/v2): a", "fix", "core, api/v2", "a"],
  ["an empty scope", "fix(): a", "fix", null, "a"],
  ["a type in upper case", "Fix: a", "fix", null, "a"],
  ["a type with a hyphen", "build-deps: a", "build-deps", null, "a"],
  ["non-ASCII", "feat(größe): Überläufe → 日本", "feat", "größe", "Überläufe → 日本"],
  ["a colon in the subject", "fix: a: b", "fix", null, "a: b"],
  ["no blank after the colon", "fix:a", null, null, "fix:a"],
  ["no type", "Fix the thing", null, null, "Fix the thing"],
  ["an address", "https://example.org: gone", null, null, "https://example.org: gone"],
  ["an empty subject", "fix: ", null, null, "fix: "],
])("the header: %s", (_, message, type, scope, subject) => {
  expect(changeOf(message)).toMatchObject({ type, scope, subject })
})

describe("breaking changes", () => {
  test.each<[string, string, readonly string[]]>([
    ["a mark", "feat!: a", ["a"]],
    ["a mark after the scope", "feat(api)!: a", ["a"]],
    ["a footer", "fix: a\n\nBREAKING CHANGE: b", ["b"]],
    ["a footer with a hyphen", "fix: a\n\nBREAKING-CHANGE: b", ["b"]],
    ["mark and footer: the footer tells more", "fix!: a\n\nBREAKING CHANGE: b", ["b"]],
    ["several lines", "fix: a\n\nBREAKING CHANGE: b\nc\n\nd", ["b\nc\n\nd"]],
    ["trailers below are none of it", "fix: a\n\nBREAKING CHANGE: b\nSigned-off-by: Ada <a@b>\nCloses #1", ["b"]],
    ["two footers", "fix: a\n\nBREAKING CHANGE: b\nBREAKING CHANGE: c", ["b", "c"]],
    ["CRLF", "fix: a\r\n\r\nBREAKING CHANGE: b\r\nc\r\n", ["b\nc"]],
    ["lower case is prose", "fix: a\n\nbreaking change: b", []],
    ["inside a sentence is prose", "fix: a\n\nno BREAKING CHANGE: here", []],
    ["without colon is prose", "fix: a\n\nBREAKING CHANGE in b", []],
    ["a commit that is not conventional can break", "Drop it\n\nBREAKING CHANGE: b", ["b"]],
  ])("%s", (_, message, breaking) => {
    expect(changeOf(message).breaking).toEqual(breaking)
  })
})

test.each<[string, readonly string[]]>([
  ["fix: a\n\nCloses #12", ["#12"]],
  ["fix: a\n\nfixes: #12, #13\nRefs o/r#4", ["#12", "#13", "o/r#4"]],
  ["fix: a\n\nCloses #12\nResolves #12", ["#12"]],
  ["fix: a (#12)\n\nSee #13 for more", []],
  ["fix: a\n\nfixes the colour #ff0000", []],
])("closed issues of %j", (message, names) => {
  const { references } = changeOf(message)
  expect(references.map(({ repository = "", issue }) => `${repository}#${issue}`)).toEqual(names)
})

describe("reverts", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "as git writes them",
      'Revert "feat: a"\n\nThis reverts commit 0123456789abcdef0123456789abcdef01234567.',
      ["0123456789abcdef0123456789abcdef01234567"],
    ],
    ["as git puts one back", 'Reapply "feat: a"\n\nThis reverts commit 0123456.', ["0123456"]],
    ["as a conventional commit", "revert: feat: a\n\nRefs: 0123456, 89abcde", ["0123456", "89abcde"]],
    ["without a hash", 'Revert "feat: a"', []],
  ])("%s", (_, message, reverts) => {
    expect(changeOf(message)).toMatchObject({ type: "revert", subject: "feat: a", reverts })
  })

  test("a fix that names commits takes nothing back", () => {
    expect(changeOf("fix: a\n\nThis reverts commit 0123456.").reverts).toEqual([])
  })
})

describe("squashed commits", () => {
  const squashed = "Add things (#4)\n\n* feat(api): a\n* fix!: b\n* tidy up\n\n- docs: c"

  test("without a conventional title each line counts", () => {
    expect(changesOf(squashed).map(({ type, scope, subject, breaking }) => [type, scope, subject, breaking])).toEqual([
      ["feat", "api", "a", []],
      ["fix", null, "b", ["b"]],
      ["docs", null, "c", []],
    ])
  })

  test("with a conventional title the title counts", () => {
    expect(changesOf("fix: things\n\n* feat: a").map(({ type }) => type)).toEqual(["fix"])
  })

  test("the settings can make the title count always", () => {
    const parsed = parse(squashed)
    expect(parsed && readChanges({ ...parsed, hash: "abc" }, "title")).toMatchObject([{ type: null }])
  })
})

describe("merges", () => {
  const merge = { parents: "p q" }

  test("that a branch was merged is no change", () => {
    expect(changesOf("Merge branch 'topic'\n\nTopic", merge)).toEqual([])
  })

  test("a merge with a conventional title is one", () => {
    expect(changesOf("feat: topic", merge)).toMatchObject([{ type: "feat" }])
  })

  test("a merge can break things", () => {
    expect(changesOf("Merge branch 'topic'\n\nBREAKING CHANGE: a", merge)).toMatchObject([{ breaking: ["a"] }])
  })
})

test("a body line in the parser's own syntax changes nothing", () => {
  const message = "docs: a\n\n-type-\nfeat\n\n-hash-\nffff\n\n---\nBREAKING CHANGE: b"
  expect(changeOf(message)).toMatchObject({ type: "docs", hash: "abc", breaking: ["b"] })
})

test.each([" ", "\n\n", ""])("an empty message is no change: %j", (message) => {
  expect(changesOf(message)).toEqual([])
})

test("a long line takes no longer than its length", () => {
  const started = performance.now()
  for (const line of ["a".repeat(200_000), " ".repeat(200_000), "a/".repeat(100_000), "fixes #1,".repeat(20_000)]) {
    changesOf(`fix: a\n\n${line}`)
  }
  // The family's own expressions would take hours; the margin is for slow machines.
  expect(performance.now() - started).toBeLessThan(2_000)
})
