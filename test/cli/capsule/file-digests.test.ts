import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { digestFolder, digestTree } from "../../../cli/capsule/file-digests.js"
import { changedPaths, NOTHING_CHANGED } from "../../../cli/capsule/git-state.js"

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "quillon-digests-"))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@t", ...args], { encoding: "utf8" })
const hashOf = (path: string) => git("hash-object", path).trim().slice(0, 16)

test("git's own digests are taken, what changed is read, and a commit of it changes nothing", async () => {
  git("init", "-q")
  writeFileSync(join(root, "a b.txt"), "one\n")
  writeFileSync(join(root, "gone.txt"), "gone\n")
  git("add", "-A")
  git("commit", "-qm", "one")
  const clean = await digestTree(root, Promise.resolve(NOTHING_CHANGED))
  expect(clean).toEqual({ "a b.txt": hashOf("a b.txt"), "gone.txt": hashOf("gone.txt") })

  writeFileSync(join(root, "a b.txt"), "two\n")
  writeFileSync(join(root, "new.txt"), "new\n")
  rmSync(join(root, "gone.txt"))
  const dirty = await digestTree(root, changedPaths(root))
  expect(dirty).toEqual({ "a b.txt": hashOf("a b.txt"), "new.txt": hashOf("new.txt") })
  git("add", "-A")
  git("commit", "-qm", "two")
  expect(await digestTree(root, Promise.resolve(NOTHING_CHANGED))).toEqual(dirty)
})

test("outside git files are read, and links by what they say", async () => {
  writeFileSync(join(root, "a.txt"), "one\n")
  symlinkSync("a.txt", join(root, "link"))
  const before = await digestFolder(root)
  writeFileSync(join(root, "a.txt"), "two\n")
  const after = await digestFolder(root)
  expect(Object.keys(before ?? {}).sort()).toEqual(["a.txt", "link"])
  expect([after?.["a.txt"] === before?.["a.txt"], after?.link === before?.link]).toEqual([false, true])
})

test("a folder that git can't list is not known", async () => {
  expect(await digestTree(root, Promise.resolve(NOTHING_CHANGED))).toBeNull()
})
