import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { gatherGitFacts } from "../../src/targets/git-facts.js"
import { git, localGit, type ScriptedCommit, writeRepository } from "../git/repository.js"

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function repository(script: readonly ScriptedCommit[], remote?: string) {
  const made = await writeRepository(script, remote)
  folders.push(made.folder)
  return made
}

const fromBeginning = { start: () => null }

test("commits come newest first, with their message byte for byte", async () => {
  const message = "feat: größer ✓\r\n\r\nA body with\ttabs.\n\nBREAKING CHANGE: yes\n"
  const { folder, hashes } = await repository([{ message: "chore: begin\n" }, { message, author: "Zoë" }])
  const { commits, head } = await gatherGitFacts(localGit(folder), fromBeginning)
  expect(head).toEqual({ commit: hashes[1], branch: "main" })
  expect(commits).toEqual([
    { hash: hashes[1], parents: [hashes[0]], author: "Zoë", time: 1_700_000_060, message },
    { hash: hashes[0], parents: [], author: "Ada", time: 1_700_000_000, message: "chore: begin\n" },
  ])
})

test("commits begin after the tag that was chosen", async () => {
  const { folder, hashes } = await repository([{ message: "a", tags: ["v1"] }, { message: "b" }, { message: "c" }])
  const facts = await gatherGitFacts(localGit(folder), { start: (tags) => tags[0]?.name ?? null })
  expect(facts.since).toBe("v1")
  expect(facts.commits.map(({ hash }) => hash)).toEqual([hashes[2], hashes[1]])
})

test("tags are told apart by whether the asked commit contains them", async () => {
  const script = [
    { message: "a", tags: ["v1"] },
    { message: "b", tags: ["v2"] },
  ]
  const { folder, hashes } = await repository(script)
  await git(folder, ["-c", "user.name=A", "-c", "user.email=a@b", "tag", "-a", "-m", "x", "v1-annotated", "v1"])
  await git(folder, ["tag", "of-a-tree", "v1^{tree}"])
  const { tags } = await gatherGitFacts(localGit(folder), { ...fromBeginning, at: "v1" })
  expect(tags.map(({ name, commit, reachable }) => [name, commit, reachable])).toEqual([
    ["v1", hashes[0], true],
    ["v1-annotated", hashes[0], true],
    ["v2", hashes[1], false],
  ])
})

test("a merge has both parents", async () => {
  const script = [{ message: "a" }, { message: "b" }, { message: "c", parents: [0] }, { message: "d", parents: [1, 2] }]
  const { folder, hashes } = await repository(script)
  const { commits } = await gatherGitFacts(localGit(folder), fromBeginning)
  expect(commits[0]?.parents).toEqual([hashes[1], hashes[2]])
})

test("a detached HEAD has no branch", async () => {
  const { folder, hashes } = await repository([{ message: "a" }, { message: "b" }])
  await git(folder, ["update-ref", "--no-deref", "HEAD", hashes[0] ?? ""])
  await git(folder, ["checkout", "--quiet", "--detach", hashes[0] ?? ""])
  expect((await gatherGitFacts(localGit(folder), fromBeginning)).head).toEqual({ commit: hashes[0], branch: null })
})

test("a graft and a replacement of this machine do not change history", async () => {
  const { folder, hashes } = await repository([{ message: "a" }, { message: "b" }, { message: "c" }])
  await writeFile(join(folder, ".git/info/grafts"), `${hashes[2]}\n`)
  await git(folder, ["replace", hashes[1] ?? "", hashes[0] ?? ""])
  const { commits } = await gatherGitFacts(localGit(folder), fromBeginning)
  expect(commits.map(({ hash }) => hash)).toEqual([...hashes].reverse())
})

test("a clone that lacks history says so", async () => {
  const { folder } = await repository([{ message: "a" }, { message: "b" }])
  const clone = await mkdtemp(join(tmpdir(), "quillon-clone-"))
  folders.push(clone)
  await git(clone, ["clone", "--quiet", "--depth=1", `file://${folder}`, "."])
  const facts = await gatherGitFacts(localGit(clone), fromBeginning)
  expect(facts.shallow).toBe(true)
  expect(facts.remote).toBe(`file://${folder}`)
})

test("the remote is origin before others, and none where there is none", async () => {
  const { folder } = await repository([{ message: "a" }])
  expect((await gatherGitFacts(localGit(folder), fromBeginning)).remote).toBeNull()
  await git(folder, ["remote", "add", "fork", "https://example.org/fork.git"])
  await git(folder, ["remote", "add", "origin", "https://example.org/origin.git"])
  expect((await gatherGitFacts(localGit(folder), fromBeginning)).remote).toBe("https://example.org/origin.git")
})

test.each([
  ["no-such-branch", "NO_SUCH_REVISION"],
  ["--all", "NO_SUCH_REVISION"],
  ["HEAD", "NO_COMMITS"],
])("a revision that is not there is refused: %s", async (at, code) => {
  const { folder } = await repository([{ message: "a" }])
  if (at === "HEAD") await git(folder, ["symbolic-ref", "HEAD", "refs/heads/empty"])
  await expect(gatherGitFacts(localGit(folder), { ...fromBeginning, at })).rejects.toMatchObject({ code })
})

test("a repository that can't be read is an error with git's own words", async () => {
  const { folder, hashes } = await repository([{ message: "a" }, { message: "b" }])
  const broken = { run: (args: readonly string[]) => (args[0] === "log" ? failed : localGit(folder).run(args)) }
  const failed = Promise.resolve({ code: 128, stdout: "", complaint: `fatal: bad object ${hashes[0]}` })
  await expect(gatherGitFacts(broken, fromBeginning)).rejects.toMatchObject({
    code: "GIT_UNREADABLE",
    message: `git log failed: fatal: bad object ${hashes[0]}`,
  })
})

test("no commits where they are to begin after a tag that is not there", async () => {
  const { folder } = await repository([{ message: "a" }])
  expect((await gatherGitFacts(localGit(folder), { start: () => "v9" })).commits).toEqual([])
})

test("of a folder only its own commits count, and their parents are those that count", async () => {
  const { folder } = await repository([{ message: "empty" }])
  const commit = async (path: string) => {
    await mkdir(join(folder, path, ".."), { recursive: true })
    await writeFile(join(folder, path), path)
    await git(folder, ["add", path])
    await git(folder, ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", `--message=${path}`])
    return (await git(folder, ["rev-parse", "HEAD"])).trim()
  }
  const [one, , three] = [await commit("lib/a"), await commit("other/b"), await commit("lib/c")]
  const { commits } = await gatherGitFacts(localGit(folder), { ...fromBeginning, folder: "lib" })
  expect(commits.map(({ hash, parents, message }) => [hash, parents, message.trim()])).toEqual([
    [three, [one], "lib/c"],
    [one, [], "lib/a"],
  ])
})
