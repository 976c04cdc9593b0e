import { describe, expect, test } from "vitest"
import { type CiHabits, proposeCi } from "../../../cli/wrappers/ci-habits.js"

const propose = (habits: Partial<CiHabits>) =>
  proposeCi({ remote: undefined, branches: [], head: undefined, ...habits })

describe("the CI system is that of the remote", () => {
  test.each<[string, readonly string[] | undefined]>([
    ["https://github.com/owner/name.git", ["github"]],
    ["git@github.com:owner/name.git", ["github"]],
    ["ssh://git@gitlab.example.org:2222/group/name.git", ["gitlab"]],
    ["https://gitlab-ce.example.org/group/name", ["gitlab"]],
    ["https://example.org/github/name", undefined],
    ["/srv/github.com/name", undefined],
  ])("%s", (remote, systems) => {
    expect(propose({ remote }).systems).toEqual(systems)
  })
})

describe("branches are named where they are not the usual ones", () => {
  test.each<[Partial<CiHabits>, readonly string[] | undefined]>([
    [{}, undefined],
    [{ branches: ["main"] }, undefined],
    [{ branches: ["main", "master"] }, undefined],
    [{ branches: ["master"] }, ["master"]],
    [{ branches: ["master", "develop"] }, ["master", "develop"]],
    [{ branches: ["main", "trunk"], head: "trunk" }, ["trunk"]],
  ])("%j", (habits, branches) => {
    expect(propose(habits).branches).toEqual(branches)
  })
})
