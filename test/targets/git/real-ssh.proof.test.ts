import { randomUUID } from "node:crypto"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Container, dag, type Service } from "@dagger.io/dagger"
import { execa } from "execa"
import { afterAll, beforeAll, expect, test } from "vitest"
import { withAgent } from "../../../cli/release/ssh-agent.js"
import { createContainerGit } from "../../../src/targets/git/container-git.js"
import { createGitRemote } from "../../../src/targets/git/git-remote.js"
import { createToolchain } from "../../../src/toolchain/create-toolchain.js"
import { openEngine } from "../../engine-session.js"
import { makeSshKey } from "../../ssh-key.js"

const ADDRESS = "ssh://root@githost/srv/project.git"
const REPOSITORY = `set -eu
git init --quiet --bare --initial-branch=main /srv/project.git
git init --quiet --initial-branch=main /tmp/first && cd /tmp/first
echo 1.2.0 > VERSION && git add VERSION
git -c user.name=Ada -c user.email=ada@example.org commit --quiet --message 'feat: first'
git push --quiet /srv/project.git main
mkdir -p /run/sshd`
const SERVE = ["/usr/sbin/sshd", "-D", "-e", "-h", "/etc/ssh/own_key", "-o", "UsePAM=no", "-o", "StrictModes=no"]

let engine: Awaited<ReturnType<typeof openEngine>>
let folder: string
let agent: string
let socket: string
let base: string
let host: Service
let plain: Container

beforeAll(async () => {
  engine = await openEngine()
  folder = await mkdtemp(join(tmpdir(), "quillon-ssh-"))
  for (const name of ["person", "stranger", "host"]) {
    await makeSshKey(join(folder, name))
  }
  const started = await execa("ssh-agent", ["-s"])
  agent = /SSH_AGENT_PID=(\d+)/.exec(started.stdout)?.[1] ?? expect.fail(started.stdout)
  socket = /SSH_AUTH_SOCK=([^;]+)/.exec(started.stdout)?.[1] ?? expect.fail(started.stdout)
  await execa("ssh-add", ["-q", join(folder, "person")], { env: { SSH_AUTH_SOCK: socket } })
  const toolchain = createToolchain({ dag, settings: { python: {} } })
  const server = toolchain
    .environment({ python: "3.13", apt: ["git", "openssh-server"] })
    .withUser("root")
    .withNewFile("/root/.ssh/authorized_keys", await text("person.pub"), { permissions: 0o600 })
    .withNewFile("/etc/ssh/own_key", await text("host"), { permissions: 0o600 })
    .withExec(["sh", "-c", REPOSITORY])
  base = (await server.withExec(["git", "-C", "/srv/project.git", "rev-parse", "main"]).stdout()).trim()
  host = server.withExposedPort(22).asService({ args: SERVE })
  plain = toolchain
    .environment({ python: toolchain.defaultPython, apt: ["git", "openssh-client"] })
    .withServiceBinding("githost", host)
})
afterAll(async () => {
  await host?.stop()
  await engine?.close()
  if (agent !== undefined) process.kill(Number(agent))
  await rm(folder, { recursive: true, force: true })
})

const text = (name: string) => readFile(join(folder, name), "utf8")

/** The line of a `known_hosts` file for our server and a key of its own or another's. */
const knownHosts = async (key = "host") => `githost ${await text(`${key}.pub`)}`

function remote(hosts: string, env: Readonly<Record<string, string>> = { SSH_AUTH_SOCK: socket }) {
  const container = withAgent(plain, { dag, env, knownHosts: hosts })
  const person = { name: "Ada", email: "ada@example.org" }
  return createGitRemote(createContainerGit({ dag, container, url: ADDRESS, person, nonce: randomUUID }))
}

test("an SSH server takes commit and tag in one push, by the person's agent", async () => {
  const git = remote(await knownHosts())
  expect(await git.check({ branch: "main", tag: "v1.3.0" })).toEqual([])
  const edits = [{ path: "VERSION", diff: "--- a/VERSION\n+++ b/VERSION\n@@ -1 +1 @@\n-1.2.0\n+1.3.0\n" }]
  const wish = { base, edits, message: "chore(release): 1.3.0", tag: "v1.3.0", time: 1_800_000_000 }
  const prepared = await git.prepare(wish)
  if (prepared.kind !== "prepared") throw new Error(prepared.why)
  const push = { release: prepared.release, branch: { name: "main", at: base } }
  expect(await git.push.apply(push)).toMatchObject({ kind: "done" })
  expect(await git.push.probe(push)).toEqual({ kind: "identical" })

  const look = `set -eu
git clone --quiet ${ADDRESS} /tmp/clone && cd /tmp/clone
git fsck --strict --no-progress
git log -1 --format=%s v1.3.0 && cat VERSION`
  const clone = withAgent(plain, { dag, env: { SSH_AUTH_SOCK: socket }, knownHosts: await knownHosts() })
    .withUser("root")
    .withEnvVariable("NONCE", randomUUID())
    .withExec(["sh", "-c", look])
  expect(await clone.stdout()).toBe("chore(release): 1.3.0\n1.3.0\n")
})

test.each([
  ["whose key nobody knows", async () => remote("")],
  ["that shows another key than is known", async () => remote(await knownHosts("stranger"))],
])("a server %s is not spoken to", async (_, open) => {
  const git = await open()
  const troubles = await git.check({ branch: "main", tag: "v1.4.0" })
  expect(JSON.stringify(troubles)).toContain("Host key verification failed")
})

test("without the person's agent the server refuses, which is told before anything is written", async () => {
  const troubles = await remote(await knownHosts(), {}).check({ branch: "main", tag: "v1.4.0" })
  expect(JSON.stringify(troubles)).toContain("root@githost: Permission denied")
})
