import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { dag } from "@dagger.io/dagger"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { addressOf, newAccess } from "../../rehearsal/access.js"
import { forwardTo } from "../../rehearsal/http/forward.js"
import { type Listening, listen } from "../../rehearsal/http/listen.js"
import { openRehearsal, type Rehearsal } from "../../rehearsal/open-rehearsal.js"
import { openEngine } from "../engine-session.js"
import { cloneRepository } from "./checkout.js"
import { dagger, MODULE } from "./dagger.js"
import { addressForEngine } from "./git-server.js"
import { writeTinyProject } from "./small-project.js"

const host = await addressForEngine()

const stages = ["lint", "types", "security", "audit", "outdated", "coverage", "sbom"]

/** A project that goes to an index of one's own. */
const pyproject = (upload: string) => `[build-system]
requires = ["flit_core==3.12.0"]
build-backend = "flit_core.buildapi"

[project]
name = "tiny"
version = "1.0.0"
description = "A project for tests"
requires-python = ">=3.11"

[tool.quillon]
python.versions = ["3.11"]
release.targets = { index = "${upload}", forge = false }
release.channels = { main = "final" }
${stages.map((stage) => `${stage}.enabled = false\n`).join("")}`

let engine: Awaited<ReturnType<typeof openEngine>>
let state: string
let rehearsal: Rehearsal
let fronts: readonly Listening[] = []
let module: string
let project: string

beforeAll(async () => {
  if (host === undefined) return
  engine = await openEngine()
  state = mkdtempSync(join(tmpdir(), "quillon-module-release-"))
  const searchPath = process.env.PATH ?? ""
  const access = newAccess()
  const options = { folder: state, access, dag, settings: { python: {} }, searchPath, now: Date.now }
  rehearsal = await openRehearsal(options)
  // Rehearsals listen on loopback, and the module's container lives in the engine's network.
  const front = (server: "git" | "pypi") => {
    const { fromHere } = addressOf(rehearsal.access, server)
    return listen(
      forwardTo(() => fromHere),
      0,
      host,
    )
  }
  fronts = await Promise.all([front("git"), front("pypi")])
  const [git, index] = fronts.map(({ port }) => `http://${host}:${port}`)
  project = await writeTinyProject({ "pyproject.toml": pyproject(`${index}/legacy/`) })
  await inProject("branch", "--move", "main")
  await inProject("commit", "--quiet", "--amend", "--message", "feat: begin")
  await inProject("remote", "add", "origin", `${git}/project.git`)
  await inProject("push", "--quiet", join(state, "git", "project.git"), "main")
  module = await cloneRepository(MODULE)
}, 120_000)
afterAll(async () => {
  await Promise.all(fronts.map((front) => front.close()))
  await rehearsal?.close()
  await engine?.close()
  if (state !== undefined) rmSync(state, { recursive: true, force: true })
})

async function inProject(...args: readonly string[]): Promise<string> {
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
  return (await execa("git", ["-C", project, ...person, ...args])).stdout
}

const secret = (name: string) => ["with-secret", "--name", name, "--value", `env://${name}`]

async function call(...args: readonly string[]) {
  const { git, pypi } = rehearsal.access.credentials
  const env = { GIT_TOKEN: git, INDEX_TOKEN: pypi }
  const chain = [...secret("GIT_TOKEN"), ...secret("INDEX_TOKEN"), ...args]
  const end = await dagger(["--mod", module, "call", ...chain], { cwd: project, env })
  return { ...end, all: `${end.stdout}\n${end.stderr}` }
}

test.skipIf(host === undefined)("a call releases, the next has nothing to release, and status tells it", async () => {
  const released = await call("release")
  expect(released.all).toContain("released 1.0.0: every target was seen to have it")
  expect(released.exitCode).toBe(0)
  const remote = join(state, "git", "project.git")
  const refs = (await execa("git", ["-C", remote, "for-each-ref", "--format=%(refname)"])).stdout.split("\n")
  expect(refs).toEqual(["refs/heads/main", "refs/notes/quillon", "refs/tags/v1.0.0"])
  const page = await (await fetch(`${addressOf(rehearsal.access, "pypi").fromHere}/simple/tiny/`)).text()
  expect(page).toContain("tiny-1.0.0-py3-none-any.whl")

  const status = await call("status", "--version", "v1.0.0")
  expect(JSON.parse(status.stdout)).toMatchObject({ version: "1.0.0", from: "receipt", verdict: "complete" })

  // The release commit and its tag are on the remote, and not in this clone.
  const again = await call("release")
  expect(again.all).toMatch(/could not look: the remote has the tag v1\.0\.0, which this clone lacks/)
  await inProject("pull", "--quiet", "--tags", remote, "main")
  expect((await call("release")).stdout).toMatch(/^nothing to release: /)
})
