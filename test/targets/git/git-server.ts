import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createFaults, type Faults } from "../../../rehearsal/faults/fault.js"
import { withFaults } from "../../../rehearsal/faults/fault-proxy.js"
import { openRequestLog, type RequestLog } from "../../../rehearsal/faults/request-log.js"
import { type GitRemoteServer, openGitRemote } from "../../../rehearsal/git/git-remote.js"
import { listen } from "../../../rehearsal/http/listen.js"

/** A remote with one commit on `main`, behind the rehearsal's proxy. */
export interface GitServer {
  readonly remote: GitRemoteServer
  readonly port: number
  readonly faults: Faults
  readonly log: RequestLog
  /** Scratch folder of the test, gone afterwards. */
  readonly folder: string
  /** The first commit of `main`, whose file `VERSION` says 1.2.0. */
  readonly base: string
  /** Pushes a commit to `main` for somebody else. */
  pushElse(): Promise<void>
  close(): Promise<void>
}

/** Tokens of the remote. */
export const TOKENS = { "a-token-that-stands-nowhere": "write", "weak-token": "read" } as const

/** Starts it. */
export async function startGitServer(): Promise<GitServer> {
  const folder = mkdtempSync(join(tmpdir(), "quillon-git-server-"))
  const remote = await openGitRemote({
    folder: join(folder, "server"),
    tokens: TOKENS,
    searchPath: process.env.PATH ?? "",
  })
  const faults = createFaults()
  const log = openRequestLog(join(folder, "requests.jsonl"), Date.now)
  const server = await listen(withFaults(remote.handler, { faults, log }))
  const commit = async (parent: string | undefined, version: string) => {
    const blob = await remote.git(["hash-object", "-w", "--stdin"], `${version}\n`)
    const tree = await remote.git(["mktree"], `100644 blob ${blob}\tVERSION\n`)
    const person = ["-c", "user.name=Else", "-c", "user.email=else@example.org"]
    const after = parent === undefined ? [] : ["-p", parent]
    return remote.git([...person, "commit-tree", ...after, "-m", `to ${version}`, tree])
  }
  const base = await commit(undefined, "1.2.0")
  await remote.git(["update-ref", "refs/heads/main", base])
  return {
    remote,
    port: server.port,
    faults,
    log,
    folder,
    base,
    async pushElse() {
      const tip = await remote.git(["rev-parse", "refs/heads/main"])
      await remote.git(["update-ref", "refs/heads/main", await commit(tip, "of somebody else")])
    },
    async close() {
      faults.clear()
      await server.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
