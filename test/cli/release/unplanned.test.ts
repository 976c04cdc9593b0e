import { expect, test } from "vitest"
import { unplannedIn, unplannedLines } from "../../../cli/release/unplanned.js"
import { createStyle } from "../../../cli/style.js"
import type { Observed } from "../../../rehearsal/observe.js"
import type { ReleaseStatus } from "../../../src/release/execute/status.js"
import { planOf } from "../../release/execute/rig.js"

const plan = await planOf()
const WHEEL = "engine-1.3.0-py3-none-any.whl"
const status = {
  kind: "known",
  rows: [
    ["index", WHEEL],
    ["test-index", WHEEL],
    ["stage", "SHA256SUMS"],
  ].map(([id, what]) => ({ step: { id }, act: { what }, sight: { kind: "identical" } })),
} as unknown as ReleaseStatus

const seen = (place: Observed["place"], what: string, at = "1"): Observed => ({ place, what, at })

const BEFORE = [
  seen("git", "branch main", "base"),
  seen("git", "tag v1.2.0", "base"),
  seen("git", "refs/quillon/release/1.3.0"),
  seen("forge", "draft of v1.3.0"),
]
const AFTER = [
  seen("git", "branch main", "release"),
  seen("git", "tag v1.2.0", "base"),
  seen("git", "tag v1.3.0", "release"),
  seen("git", "refs/notes/quillon"),
  seen("index", WHEEL),
  seen("test-index", WHEEL),
  seen("image", "image tag 1.3.0"),
  seen("image", "image tag latest"),
  seen("forge", "release v1.3.0"),
  seen("forge", "SHA256SUMS"),
]

const found = (after: readonly Observed[], before: readonly Observed[] = BEFORE) =>
  unplannedLines(unplannedIn({ before, after }, plan, status), plan, createStyle({ colour: false }))

test("what the plan names is no surprise", () => {
  expect(found(AFTER)).toEqual([])
})

test.each<[string, Observed, string]>([
  ["a tag", seen("git", "tag v9.9.9"), "git remote  tag v9.9.9 is new"],
  ["a branch", seen("git", "branch stray"), "git remote  branch stray is new"],
  [
    "a journal that is left",
    seen("git", "refs/quillon/release/1.4.0"),
    "git remote  refs/quillon/release/1.4.0 is new",
  ],
  ["a file on the index", seen("index", "engine-9.tar.gz"), "pypi  engine-9.tar.gz is new"],
  ["a file on the trial index", seen("test-index", "other.whl"), "testpypi  other.whl is new"],
  ["an image tag", seen("image", "image tag 9"), "ghcr.io/ada/engine  image tag 9 is new"],
  ["a release", seen("forge", "release v9.9.9"), "github  release v9.9.9 is new"],
  ["a draft", seen("forge", "draft of v9.9.9"), "github  draft of v9.9.9 is new"],
  ["an asset", seen("forge", "more.zip"), "github  more.zip is new"],
])("%s more is told in one line", (_, more, line) => {
  expect(found([...AFTER, more])).toEqual([`  unplanned   ${line}`])
})

test("a branch that went elsewhere than to the release commit, and a tag that moved", () => {
  const elsewhere = AFTER.map((each) => (each.what === "branch main" ? { ...each, at: "stray" } : each))
  expect(found(elsewhere)).toEqual(["  unplanned   git remote  branch main is changed"])
  const moved = AFTER.map((each) => (each.what === "tag v1.2.0" ? { ...each, at: "stray" } : each))
  expect(found(moved)).toEqual(["  unplanned   git remote  tag v1.2.0 is changed"])
})

test("what vanished is told, less the journal and the draft that became a page", () => {
  expect(found(AFTER.filter(({ what }) => what !== "tag v1.2.0"))).toEqual([
    "  unplanned   git remote  tag v1.2.0 is gone",
  ])
  expect(found(AFTER, [...BEFORE, seen("index", "engine-1.2.0.tar.gz")])).toEqual([
    "  unplanned   pypi  engine-1.2.0.tar.gz is gone",
  ])
})
