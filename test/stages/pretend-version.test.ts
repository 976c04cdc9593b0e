import { expect, it } from "vitest"
import { pretendVersion } from "../../src/stages/pretend-version.js"
import { factsOf, type Given } from "../release/version/facts-of.js"
import { projectWith } from "./transcripts.js"

const facts = projectWith().build
const scm = projectWith({ name: "my.demo-lib", ...(facts && { build: { ...facts, version: "scm" } }) })
const NAME = "SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_DEMO_LIB"

function pretended(given: Given): string | undefined {
  return pretendVersion(scm, factsOf({ ...given, subject: { fromTag: true } }))[NAME]
}

it.each<[string, Given, string | undefined]>([
  ["the tag on HEAD", { tags: { f00d: ["v1.4.0"] } }, "1.4.0"],
  ["a pre-release on HEAD", { tags: { f00d: ["v1.4.0-rc.1"] } }, "1.4.0rc1"],
  ["commits after a tag", { tags: { c1: ["v1.4.0"] } }, "1.4.1.dev0"],
  ["commits after a pre-release", { tags: { c1: ["v1.4.0-rc.1"] } }, "1.4.0rc2.dev0"],
  ["commits after a development version", { tags: { c1: ["v1.4.0-0.dev.3"] } }, "1.4.0.dev4"],
  ["a VERSION file that is ahead of the tag", { tags: { c1: ["v1.4.0"] }, files: { VERSION: "2.0.0\n" } }, "2.0.0"],
  ["no tag", { tags: {} }, undefined],
  ["tags that can't be seen", { tags: { kind: "hidden", reason: "shallow", next: "git fetch" } }, undefined],
])("tells the build the version of %s", (_, given, version) => {
  expect(pretended(given)).toBe(version)
})

it("is the same for every commit after a tag, so that a commit beside the package builds nothing else", () => {
  const at = (head: string) => factsOf({ tags: { kind: "seen", tags: [{ name: "v1.0.0", commit: "c1" }], head } })
  expect(pretendVersion(scm, at("c2"))).toEqual(pretendVersion(scm, at("c3")))
})

it("tells nothing to a build that reads its version from a file", () => {
  expect(pretendVersion(projectWith(), factsOf({ tags: { f00d: ["v1.4.0"] } }))).toEqual({})
})
