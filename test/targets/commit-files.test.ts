import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createCommitFiles } from "../../src/targets/commit-files.js"
import { git, localGit } from "../git/repository.js"

let folder = ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "quillon-files-"))
  await mkdir(join(folder, "lib/größe"), { recursive: true })
  await writeFile(join(folder, "VERSION"), "\ufeff1.0.0\r\n")
  await writeFile(join(folder, "lib/VERSION"), "2.0.0\n")
  await writeFile(join(folder, "lib/größe/a b.txt"), "x")
  await writeFile(join(folder, "binary"), Buffer.from([0xff, 0xfe, 0x00]))
  await git(folder, ["init", "--quiet", "--initial-branch=main"])
  await git(folder, ["add", "--all"])
  await git(folder, ["-c", "user.name=A", "-c", "user.email=a@b", "commit", "--quiet", "--message=a"])
  await writeFile(join(folder, "VERSION"), "not committed")
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test("files are those of the commit, byte order mark and line ends included", async () => {
  const files = createCommitFiles(localGit(folder), "HEAD")
  expect(await files.list()).toEqual(["VERSION", "binary", "lib/VERSION", "lib/größe/a b.txt"])
  expect(await files.read("VERSION")).toBe("\ufeff1.0.0\r\n")
})

test("a project in a folder sees its own files", async () => {
  const files = createCommitFiles(localGit(folder), "HEAD", "lib")
  expect(await files.list()).toEqual(["VERSION", "größe/a b.txt"])
  expect(await files.read("VERSION")).toBe("2.0.0\n")
})

test.each(["binary", "absent"])("%s can't be read", async (path) => {
  expect(await createCommitFiles(localGit(folder), "HEAD").read(path)).toBeUndefined()
})

test("a folder that the commit does not have is an error, never an empty list", async () => {
  const files = createCommitFiles(localGit(folder), "HEAD", "elsewhere")
  await expect(files.list()).rejects.toMatchObject({ code: "GIT_UNREADABLE" })
})
