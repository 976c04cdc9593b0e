import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type GitRemoteServer, openGitRemote } from "../../../rehearsal/git/git-remote.js"
import { type Listening, listen } from "../../../rehearsal/http/listen.js"

const searchPath = process.env.PATH ?? ""
let folder: string
let remote: GitRemoteServer
let server: Listening
let clone: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "quillon-remote-"))
  remote = await openGitRemote({ folder, searchPath, tokens: { writer: "write", reader: "read" } })
  server = await listen(remote.handler)
  clone = join(folder, "clone")
  await git(["init", "--quiet", "--initial-branch=main", clone], folder)
  await git(["commit", "--quiet", "--allow-empty", "--message=first"])
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const address = (token: string) => `http://x:${token}@127.0.0.1:${server.port}${remote.path}`

async function git(args: readonly string[], cwd = clone) {
  const person = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
  const env = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", GIT_TERMINAL_PROMPT: "0" }
  const { exitCode, all } = await execa("git", [...person, ...args], { cwd, env, reject: false, all: true })
  return { exitCode, all }
}

const push = (refs: readonly string[], token = "writer") => git(["push", "--atomic", address(token), ...refs])

test("a token that may write pushes branch, journal ref and note; anybody reads them", async () => {
  await git(["notes", "add", "--message=receipt"])
  const pushed = await push(["main", "main:refs/quillon/release/1.0.0", "refs/notes/commits"])
  expect(pushed).toMatchObject({ exitCode: 0 })
  const { all } = await git(["ls-remote", `http://127.0.0.1:${server.port}${remote.path}`])
  expect(all?.match(/refs\/\S+/g)).toEqual(["refs/heads/main", "refs/notes/commits", "refs/quillon/release/1.0.0"])
})

test.each([
  ["reader", "403"],
  ["nobody", "Authentication failed"],
])("the token of a %s pushes nothing", async (token, complaint) => {
  const refused = await push(["main"], token)
  expect(refused.exitCode).not.toBe(0)
  expect(refused.all).toContain(complaint)
  expect(await remote.git(["for-each-ref"])).toBe("")
})

test("a protected branch refuses the whole atomic push, its tag included", async () => {
  await remote.setRules({ protected: ["refs/heads/main"] })
  await git(["tag", "v1.0.0"])
  const refused = await push(["main", "v1.0.0"])
  expect(refused.all).toContain("Protected branch update failed for refs/heads/main")
  expect(await remote.git(["for-each-ref"])).toBe("")
})

test("a refused namespace takes no journal ref, and its branch still", async () => {
  await remote.setRules({ refusedNamespaces: ["refs/quillon/"] })
  expect((await push(["main:refs/quillon/release/1.0.0"])).all).toContain("refs/quillon/ is reserved")
  expect(await push(["main:quillon/release/1.0.0"])).toMatchObject({ exitCode: 0 })
})

test("the first push is refused, the second is taken", async () => {
  await remote.setRules({ refuseFirst: 1 })
  expect((await push(["main"])).exitCode).not.toBe(0)
  expect((await push(["main"])).exitCode).toBe(0)
})

test("create-only pushes of two objects: one wins", async () => {
  await git(["commit", "--quiet", "--allow-empty", "--message=second"])
  const ref = "refs/quillon/release/1.0.0"
  const create = (object: string) => git(["push", `--force-with-lease=${ref}:`, address("writer"), `${object}:${ref}`])
  expect((await create("main~")).exitCode).toBe(0)
  expect((await create("main")).all).toContain("stale info")
})

test("what was pushed is there when the remote is opened again", async () => {
  await push(["main"])
  const again = await openGitRemote({ folder, searchPath, tokens: {} })
  expect(await again.git(["for-each-ref", "--format=%(refname)"])).toBe("refs/heads/main")
})
