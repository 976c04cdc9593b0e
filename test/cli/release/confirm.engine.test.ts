import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type GitRemoteServer, openGitRemote } from "../../../rehearsal/git/git-remote.js"
import { type Listening, listen } from "../../../rehearsal/http/listen.js"
import { smallProject, withSettings } from "../../e2e/small-project.js"
import { Terminal } from "../../e2e/terminal.js"
import { engineEnvironment } from "../../engine-session.js"
import { addressForEngine } from "../../module/git-server.js"

const host = await addressForEngine()
const TOKEN = "a-token-that-stands-nowhere"

let state: string
let remote: GitRemoteServer
let server: Listening
let cwd: string

beforeAll(async () => {
  if (host === undefined) return
  state = await mkdtemp(join(tmpdir(), "quillon-confirm-"))
  remote = await openGitRemote({ folder: state, tokens: { [TOKEN]: "write" }, searchPath: process.env.PATH ?? "" })
  server = await listen(remote.handler, 0, host)
  cwd = await smallProject(
    withSettings('release.targets = { index = false, forge = false }\nrelease.channels = { main = "final" }'),
  )
  const git = (...args: readonly string[]) =>
    execa("git", ["-C", cwd, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args])
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", "--all")
  await git("commit", "--quiet", "--message", "feat: double")
  await git("remote", "add", "origin", `http://${host}:${server.port}${remote.path}`)
  await git("push", "--quiet", remote.repository, "main")
})
afterAll(async () => {
  await server?.close()
  if (state !== undefined) await rm(state, { recursive: true, force: true })
})

test.skipIf(host === undefined)("a person at a terminal sees the plan and is asked; a no writes nothing", async () => {
  const env = { ...engineEnvironment(), GIT_TOKEN: TOKEN, CI: "" }
  using terminal = new Terminal(["release"], { cwd, env })
  await terminal.sees(/first release/)
  await terminal.sees(/Push commit and tag together/)
  await terminal.sees(/release 1\.2\.3\? \[y\/N\]/)
  terminal.type("n\r")
  await terminal.sees(/nothing was written/)
  expect(await terminal.ended()).toMatchObject({ code: 0, restored: true })
  expect(await remote.git(["for-each-ref", "--format=%(refname)"])).toBe("refs/heads/main")
})
