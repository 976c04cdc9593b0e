import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { readGitFacts } from "../../cli/git-facts.js"

let folder: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "quillon git ü ")))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function git(...args: readonly string[]): string {
  return execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@t", ...args], {
    encoding: "utf8",
  }).trim()
}

test("outside git there is nothing to say", async () => {
  expect(await readGitFacts(folder)).toBeNull()
})

test("before the first commit there is none", async () => {
  git("init", "-q")
  expect(await readGitFacts(folder)).toEqual({ root: folder, commit: null, dirty: false })
})

test("names the commit, also from a folder below the root", async () => {
  git("init", "-q")
  mkdirSync(join(folder, "sub"))
  writeFileSync(join(folder, "sub/a.txt"), "a")
  git("add", "-A")
  git("commit", "-qm", "one")
  expect(await readGitFacts(join(folder, "sub"))).toEqual({
    root: folder,
    commit: git("rev-parse", "HEAD"),
    committed: git("log", "-1", "--format=%cI"),
    dirty: false,
  })
})

test.each([
  ["a changed file", () => writeFileSync(join(folder, "a.txt"), "b")],
  ["a new file", () => writeFileSync(join(folder, "b.txt"), "b")],
  ["a removed file", () => rmSync(join(folder, "a.txt"))],
])("%s makes the tree dirty", async (_name, change) => {
  git("init", "-q")
  writeFileSync(join(folder, "a.txt"), "a")
  git("add", "-A")
  git("commit", "-qm", "one")
  change()
  expect((await readGitFacts(folder))?.dirty).toBe(true)
})

test("an ignored file does not", async () => {
  git("init", "-q")
  writeFileSync(join(folder, ".gitignore"), "*.log\n")
  git("add", "-A")
  git("commit", "-qm", "one")
  writeFileSync(join(folder, "a.log"), "a")
  expect((await readGitFacts(folder))?.dirty).toBe(false)
})
