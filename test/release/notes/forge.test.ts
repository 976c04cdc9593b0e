import { describe, expect, test } from "vitest"
import { commitUrl, compareUrl, findForge, issueUrl } from "../../../src/release/notes/forge.js"
import { policy } from "../fixture.js"

const github = "https://github.com/ada/engine"

describe("the repository's page", () => {
  test.each<[string, string | null, unknown, string | null]>([
    ["https", "https://github.com/ada/engine.git", {}, `github ${github}`],
    ["https without .git, with a slash", "https://github.com/ada/engine/", {}, `github ${github}`],
    ["ssh, short", "git@github.com:ada/engine.git", {}, `github ${github}`],
    ["ssh, short, without a user", "github.com:ada/engine", {}, `github ${github}`],
    [
      "ssh, long, with a port that is not the page's",
      "ssh://git@gitlab.com:2222/a/b/c.git",
      {},
      "gitlab https://gitlab.com/a/b/c",
    ],
    [
      "a token in the address is left out",
      "https://oauth2:s3cret@gitlab.com/a/b.git",
      {},
      "gitlab https://gitlab.com/a/b",
    ],
    [
      "a port of the page stays",
      "https://gitlab.example.org:8443/a/b.git",
      {},
      "gitlab https://gitlab.example.org:8443/a/b",
    ],
    ["an own host that nobody knows", "git@code.example.org:a/b.git", {}, null],
    [
      "an own host of a known kind",
      "git@code.example.org:a/b.git",
      { forge: "gitlab" },
      "gitlab https://code.example.org/a/b",
    ],
    ["a name that only looks like it", "https://notgithub.com/a/b.git", {}, null],
    ["a folder", "/srv/git/engine.git", {}, null],
    ["a folder on another drive letter", "file:///srv/git/engine.git", {}, null],
    ["no remote", null, {}, null],
    ["the settings' page", null, { url: "https://github.com/ada/engine/" }, `github ${github}`],
    ["no links wanted", "git@github.com:ada/engine.git", { forge: "none" }, null],
  ])("%s", (_, remote, links, expected) => {
    const forge = findForge(remote, policy({ links }).links)
    expect(forge && `${forge.kind} ${forge.url}`).toBe(expected)
  })
})

test("pages of GitHub", () => {
  const forge = { kind: "github", url: github } as const
  expect(commitUrl(forge, "abc")).toBe(`${github}/commit/abc`)
  expect(issueUrl(forge, { issue: "4" })).toBe(`${github}/issues/4`)
  expect(issueUrl(forge, { issue: "4", repository: "o/r" })).toBe("https://github.com/o/r/issues/4")
  expect(compareUrl(forge, { from: "v1", to: "e@1/2" })).toBe(`${github}/compare/v1...e%401%2F2`)
})

test("pages of GitLab", () => {
  const forge = { kind: "gitlab", url: "https://gitlab.com/a/b" } as const
  expect(commitUrl(forge, "abc")).toBe("https://gitlab.com/a/b/-/commit/abc")
  expect(issueUrl(forge, { issue: "4" })).toBe("https://gitlab.com/a/b/-/issues/4")
  expect(compareUrl(forge, { from: "v1", to: "v2" })).toBe("https://gitlab.com/a/b/-/compare/v1...v2")
})
