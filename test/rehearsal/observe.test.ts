import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { expect, onTestFinished, test } from "vitest"
import { newAccess } from "../../rehearsal/access.js"
import { observeRehearsal } from "../../rehearsal/observe.js"

/** The state of a rehearsal on the disk, and a registry with one tag. */
async function stateOf() {
  const folder = mkdtempSync(join(tmpdir(), "quillon-observe-"))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const git = join(folder, "git", "project.git")
  await execa("git", ["init", "--quiet", "--bare", git])
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
  const run = async (...args: string[]) => (await execa("git", [`--git-dir=${git}`, ...person, ...args])).stdout
  const tree = (await execa("git", [`--git-dir=${git}`, "mktree"], { input: "" })).stdout
  const commit = await run("commit-tree", "-m", "begin", tree)
  await run("update-ref", "refs/heads/main", commit)
  await run("tag", "-a", "-m", "one", "v1.0.0", commit)
  const file = (name: string, deleted: boolean) => ({
    name,
    sha256: "aa",
    size: 1,
    uploaded: 0,
    requiresPython: null,
    deleted,
  })
  mkdirSync(join(folder, "pypi"))
  const ledger = { engine: { owner: "ada", files: [file("engine-1.whl", false), file("engine-0.whl", true)] } }
  writeFileSync(join(folder, "pypi", "ledger.json"), JSON.stringify(ledger))
  mkdirSync(join(folder, "github"))
  const releases = [{ tag: "v1.0.0", draft: true, assets: [{ name: "SUMS", sha256: "bb" }], target: "main", body: "" }]
  writeFileSync(join(folder, "github", "state.json"), JSON.stringify({ releases }))
  return { folder, commit }
}

const registry = (async (url: string | URL) =>
  String(url).endsWith("/tags/list")
    ? new Response('{"tags": ["latest"]}')
    : new Response(null, { headers: { "docker-content-digest": "sha256:cc" } })) as typeof fetch

test("everything that stands on the targets is seen, and what was deleted is not", async () => {
  const { folder, commit } = await stateOf()
  expect(await observeRehearsal({ folder, access: newAccess(), fetch: registry })).toEqual([
    { place: "git", what: "branch main", at: commit },
    { place: "git", what: "tag v1.0.0", at: commit },
    { place: "image", what: "image tag latest", at: "sha256:cc" },
    { place: "index", what: "engine-1.whl", at: "aa" },
    { place: "forge", what: "draft of v1.0.0", at: "main " },
    { place: "forge", what: "SUMS", at: "bb" },
  ])
})

test("a registry to which nobody pushed has no tags, and one that does not answer is no empty one", async () => {
  const { folder } = await stateOf()
  const answering = (status: number) => (async () => new Response(null, { status })) as unknown as typeof fetch
  const at = (status: number) => observeRehearsal({ folder, access: newAccess(), fetch: answering(status) })
  expect((await at(404)).filter(({ place }) => place === "image")).toEqual([])
  await expect(at(503)).rejects.toThrow("the rehearsal's registry answered 503")
})
