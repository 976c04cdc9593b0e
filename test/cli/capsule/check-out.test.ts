import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { checkOut, makeTreeFolder, removeTree } from "../../../cli/capsule/check-out.js"

let home: string
let root: string

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "quillon-check-out-")))
  root = await makeTreeFolder()
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
  removeTree(root)
})

const identity = ["-c", "user.name=t", "-c", "user.email=t@t"]
const git = (folder: string, ...args: readonly string[]) =>
  execFileSync("git", ["-C", folder, ...identity, ...args], { encoding: "utf8" }).trim()

/** A repository with two commits, and the first of them. */
function repository() {
  git(home, "init", "--quiet", "work")
  const work = join(home, "work")
  writeFileSync(join(work, "a.txt"), "one\n")
  git(work, "add", "-A")
  git(work, "commit", "-qm", "one")
  git(work, "tag", "v1.0.0")
  const commit = git(work, "rev-parse", "HEAD")
  writeFileSync(join(work, "a.txt"), "two\n")
  git(work, "commit", "-qam", "two")
  return { work, commit }
}

test("a work tree here that has the commit lends it, with its tags, and is left as it was", async () => {
  const { work, commit } = repository()
  writeFileSync(join(work, "a.txt"), "under the hands\n")
  const before = git(work, "status", "--porcelain=v2", "--branch")
  const tree = await checkOut(root, { commit, remote: "https://forge.invalid/x.git", nearby: [home, work] })
  expect(tree).toEqual({ root, from: work })
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("one\n")
  expect(git(root, "describe", "--tags")).toBe("v1.0.0")
  expect(git(root, "status", "--porcelain")).toBe("")
  expect(git(work, "status", "--porcelain=v2", "--branch")).toBe(before)
})

test("a commit that no branch leads to any more is still lent", async () => {
  const { work, commit } = repository()
  git(work, "tag", "-d", "v1.0.0")
  git(work, "commit", "--amend", "-qm", "other")
  git(work, "checkout", "-q", "--orphan", "fresh")
  await checkOut(root, { commit, remote: null, nearby: [work] })
  expect(git(root, "rev-parse", "HEAD")).toBe(commit)
})

test("a commit that nobody here has comes from the remote, with its tags", async () => {
  const { work, commit } = repository()
  git(home, "clone", "--quiet", "--bare", work, "remote.git")
  const remote = join(home, "remote.git")
  expect(await checkOut(root, { commit, remote, nearby: [] })).toEqual({ root, from: remote })
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("one\n")
  expect(git(root, "describe", "--tags")).toBe("v1.0.0")
})

test("a commit that is no longer on the remote is told, with what to do", async () => {
  const { work } = repository()
  const commit = "0123456789012345678901234567890123456789"
  await expect(checkOut(root, { commit, remote: work, nearby: [work] })).rejects.toMatchObject({
    code: "COMMIT_GONE",
    message: expect.stringContaining(`012345678901 is not in a repository here and not on ${work} any more`),
    next: expect.stringContaining("a clone that has it"),
  })
})

test.each([
  ["that is not there", () => join(home, "nowhere.git"), "REMOTE_UNREACHABLE"],
  ["that looks like an option", () => "--upload-pack=touch pwned", "REMOTE_UNREACHABLE"],
  ["that would run a program", () => "ext::touch pwned", "REMOTE_UNREACHABLE"],
  ["that nobody knows", () => null, "COMMIT_GONE"],
])("a remote %s is an error of its own, and runs nothing", async (_, remote, code) => {
  const commit = "0123456789012345678901234567890123456789"
  await expect(checkOut(root, { commit, remote: remote(), nearby: [home] })).rejects.toMatchObject({ code })
  expect(readdirSync(root)).toEqual([".git"])
})
