import { chmod, mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { createGitRemote } from "../../../src/targets/git/git-remote.js"
import { wishOf } from "./git-machine.js"
import { startGitServer } from "./git-server.js"
import { createHostGit } from "./host-git.js"

/** In ssh's place: runs what git would have run on the remote machine. `$2` is the command. */
const THROUGH = 'exec sh -c "$2"\n'

const saying = (words: string) => `echo '${words}' >&2; exit 255\n`

/** A remote that is reached by a program in ssh's place; reads may go through another one. */
async function overSsh(pushes: string, { reads = THROUGH, hook }: { reads?: string; hook?: string } = {}) {
  const server = await startGitServer()
  if (hook !== undefined) {
    const file = join(server.remote.repository, "hooks", "reference-transaction")
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, hook, { mode: 0o755 })
  }
  const folder = join(server.folder, "machine")
  await mkdir(folder)
  const program = join(folder, "ssh")
  await writeFile(program, `#!/bin/sh\ncase $2 in *receive-pack*) ${pushes};; *) ${reads};; esac\n`)
  await chmod(program, 0o755)
  const earlier = process.env.GIT_SSH_COMMAND
  Object.assign(process.env, { GIT_SSH_COMMAND: program, GIT_SSH_VARIANT: "simple" })
  onTestFinished(async () => {
    if (earlier === undefined) delete process.env.GIT_SSH_COMMAND
    else process.env.GIT_SSH_COMMAND = earlier
    delete process.env.GIT_SSH_VARIANT
    await server.close()
  })
  const url = `ssh://git@remote.example${server.remote.repository}`
  const git = createGitRemote(createHostGit({ url, folder, token: "" }))
  const push = async () => {
    const prepared = await git.prepare(wishOf(server))
    if (prepared.kind !== "prepared") throw new Error(prepared.why)
    return { release: prepared.release, branch: { name: "main", at: server.base } }
  }
  return { git, push }
}

test("a remote over SSH gets commit and tag, and shows them", async () => {
  const { git, push } = await overSsh(THROUGH)
  expect(await git.check({ branch: "main", tag: "v1.3.0" })).toEqual([])
  const wish = await push()
  expect(await git.push.apply(wish)).toMatchObject({ kind: "done" })
  expect(await git.push.probe(wish)).toEqual({ kind: "identical" })
  expect(await git.tip("main")).toEqual({ kind: "found", value: wish.release.commit })
})

test("a push whose answer SSH lost may have been taken", async () => {
  // The remote's side dies when it has moved the refs, before it could say so.
  const hook = '#!/bin/sh\n[ "$1" = committed ] && kill -9 $PPID\nexit 0\n'
  const { git, push } = await overSsh(THROUGH, { hook })
  const wish = await push()
  expect(await git.push.apply(wish)).toMatchObject({ kind: "lost" })
  expect(await git.push.probe(wish)).toEqual({ kind: "identical" })
})

test.each([
  ["git@remote.example: Permission denied (publickey).", "denied"],
  ["Host key verification failed.", "denied"],
  ["ssh: connect to host remote.example port 22: Connection refused", "unavailable"],
  ["ssh: Could not resolve hostname remote.example: Name or service not known", "unavailable"],
])("where ssh says %j nothing was pushed, and its words are told", async (words, kind) => {
  const { git, push } = await overSsh(saying(words))
  expect(await git.push.apply(await push())).toMatchObject({
    kind: "refused",
    reason: { kind, why: `the git remote: ${words}` },
  })
})

test("a key that the remote does not know is told before the first write", async () => {
  const words = "git@remote.example: Permission denied (publickey)."
  const { git } = await overSsh(saying(words), { reads: saying(words) })
  expect(await git.check({ branch: "main", tag: "v1.3.0" })).toMatchObject([
    { what: `the git remote: ${words}`, kind: "wrong" },
  ])
})
