import { rm } from "node:fs/promises"
import { afterEach, expect, test } from "vitest"
import { pastReleases } from "../../../cli/release/past-releases.js"
import { type PastRelease, rebuildChangelog } from "../../../cli/release/rebuild-changelog.js"
import { renderSection } from "../../../src/release/notes/render.js"
import { readUnreleased } from "../../../src/release/unreleased.js"
import { gatherGitFacts } from "../../../src/targets/git-facts.js"
import { localGit, type ScriptedCommit, writeRepository } from "../../git/repository.js"
import { scriptedHistory } from "../../git/scripted-history.js"
import { policy } from "../../release/fixture.js"

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function releasesOf(folder: string): Promise<readonly PastRelease[]> {
  return pastReleases((await gatherGitFacts(localGit(folder), { start: () => null })).tags, "v{version}")
}

/** The other renderer: each release alone, from facts, as the planner makes it. */
async function planned(folder: string, release: PastRelease, options: Parameters<typeof renderSection>[2]) {
  const facts = await gatherGitFacts(localGit(folder), { at: release.tag, start: () => release.previousTag })
  const unreleased = readUnreleased(facts.commits, options.policy)
  if (unreleased.kind === "refused") throw new Error(unreleased.message)
  const date = new Date((facts.commits[0]?.time ?? 0) * 1000).toISOString().slice(0, 10)
  return renderSection(unreleased.commits, { ...release, date }, options)
}

async function compare(script: readonly ScriptedCommit[], settings: unknown = {}) {
  const { folder } = await writeRepository(script, "git@github.com:ada/engine.git")
  folders.push(folder)
  const options = { policy: policy(settings), forge: { kind: "github", url: "https://github.com/ada/engine" } as const }
  const releases = await releasesOf(folder)
  const rebuilt = await rebuildChangelog({ folder, releases, tagPrefix: "v", ...options })
  const expected = await Promise.all(releases.map((release) => planned(folder, release, options)))
  expect(rebuilt.map(({ text }) => text)).toEqual(expected)
  return rebuilt
}

test("both renderers give the same text on one scripted history", async () => {
  const rebuilt = await compare(scriptedHistory({ seed: 7, commits: 150 }))
  expect(rebuilt.length).toBeGreaterThan(5)
}, 30_000)

test("with authors and a hidden section, too", async () => {
  const changelog = { authors: true, sections: { perf: "", docs: "Documentation" } }
  await compare(scriptedHistory({ seed: 8, commits: 50 }), { changelog })
}, 30_000)

test("a release from history, as a person would write it down", async () => {
  const script: readonly ScriptedCommit[] = [
    { message: "chore: begin", tags: ["v1.0.0"] },
    { message: "feat(api): streams\n\nCloses #4" },
    { message: "fix: größe of `__all__`\n\n-type-\nfeat", author: "Zoë" },
    { message: "feat!: drop 3.8\n\nBREAKING CHANGE: use 3.9\n\nSigned-off-by: Ada <a@b>" },
    { message: "feat: gone" },
    { message: 'Revert "feat: gone"\n\nThis reverts commit {hash:4}.' },
    { message: "chore(release): 2.0.0", tags: ["v2.0.0", "v2.0.0-rc.1"] },
    { message: "feat: not out yet" },
  ]
  const [release, first] = await compare(script)
  const [, streams, size, drop] = (await writeRepository(script).then(async ({ hashes, remove }) => {
    await remove()
    return hashes
  })) as readonly string[]
  const link = (hash = "") => `([${hash.slice(0, 7)}](https://github.com/ada/engine/commit/${hash}))`
  expect(release?.text).toBe(`## [2.0.0](https://github.com/ada/engine/compare/v1.0.0...v2.0.0) (2023-11-14)

### Breaking changes

* drop 3.8 ${link(drop)}

  use 3.9

### Features

* **api:** streams ${link(streams)}, closes [#4](https://github.com/ada/engine/issues/4)

### Bug fixes

* größe of \`__all__\` ${link(size)}
`)
  expect(first?.text).toBe("## 1.0.0 (2023-11-14)\n")
})
