import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, test } from "vitest"
import { readTags } from "../../../cli/version/tags.js"
import { makeRepository } from "./repository.js"

const names = async (folder: string) => {
  const facts = await readTags(folder)
  return facts.kind === "seen" ? facts.tags.map(({ name }) => name).sort() : facts.kind
}

test("tags that HEAD can reach are seen, annotated or not; others are not", async () => {
  const { folder, git, commit } = await makeRepository({ "a.txt": "a" })
  await commit("v1.0.0")
  await commit()
  await git("tag", "-a", "v1.1.0", "-m", "x")
  await git("checkout", "--quiet", "-b", "next")
  await commit("v2.0.0")
  await git("checkout", "--quiet", "main")
  expect(await names(folder)).toEqual(["v1.0.0", "v1.1.0"])
  const head = await git("rev-parse", "HEAD")
  const facts = await readTags(folder)
  expect(facts).toMatchObject({ kind: "seen", head })
  expect(facts.kind === "seen" && facts.tags.find(({ name }) => name === "v1.1.0")?.commit).toBe(head)
})

test("a detached head sees the tags that it can reach", async () => {
  const { folder, git, commit } = await makeRepository({ "a.txt": "a" })
  await commit("v1.0.0")
  await commit("v1.1.0")
  await git("checkout", "--quiet", "--detach", "v1.0.0")
  expect(await names(folder)).toEqual(["v1.0.0"])
})

test("a folder without repository, and a repository without commit, have no tags", async () => {
  expect(await names((await makeRepository({ "a.txt": "a" }, { git: false })).folder)).toBe("no-git")
  const fresh = await makeRepository({})
  expect(await readTags(fresh.folder)).toEqual({ kind: "seen", tags: [], head: null })
})

test("a shallow clone hides its tags", async () => {
  const { folder, git, commit } = await makeRepository({ "a.txt": "a" })
  await commit("v1.0.0")
  await commit()
  await git("clone", "--quiet", "--depth=1", `file://${folder}`, join(folder, "clone"))
  expect(await readTags(join(folder, "clone"))).toEqual({
    kind: "hidden",
    reason: expect.stringContaining("shallow"),
    next: expect.stringMatching(/^git fetch --unshallow --tags; in CI: .*fetch-depth: 0.*GIT_DEPTH: 0/),
  })
})

test("a history with grafts hides its tags", async () => {
  const { folder, git, commit } = await makeRepository({ "a.txt": "a" })
  await commit("v1.0.0")
  await commit()
  await mkdir(join(folder, ".git/info"), { recursive: true })
  await writeFile(join(folder, ".git/info/grafts"), `${await git("rev-parse", "HEAD")}\n`)
  expect(await readTags(folder)).toMatchObject({ kind: "hidden", reason: expect.stringContaining("grafts") })
})

test("a commit that replaces another does not hide a tag", async () => {
  const { folder, git, commit } = await makeRepository({ "a.txt": "a" })
  await commit("v1.0.0")
  await commit()
  await git("replace", "--graft", "HEAD")
  expect(await names(folder)).toEqual(["v1.0.0"])
})

test("a repository that git can't read hides its tags", async () => {
  const { folder } = await makeRepository({}, { git: false })
  await writeFile(join(folder, ".git"), "gitdir: /nowhere\n")
  expect(await names(folder)).toBe("hidden")
})
