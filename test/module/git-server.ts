import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import { hostLink } from "../../engine/network.js"
import { enginePaths } from "../../engine/paths.js"
import { callHttpBackend } from "../../rehearsal/git/http-backend.js"
import { listen } from "../../rehearsal/http/listen.js"
import { engineEnvironment } from "../engine-session.js"

/** The engine leaves the port away when it looks whether an address is a repository's (Dagger 0.21.7). */
const PORT = 80

/** A repository that the engine can reach by its address. */
export interface ServedRepository {
  /** `http://…/quillon.git`. */
  readonly address: string
  close(): Promise<void>
}

/** The address of this machine in the network of Quillon's own engine; undefined where another engine is in use. */
export async function addressForEngine(): Promise<string | undefined> {
  const paths = enginePaths(process.env)
  if (!engineEnvironment()._EXPERIMENTAL_DAGGER_RUNNER_HOST?.includes(paths.socket)) return undefined
  const { stdout } = await execa("ip", ["-o", "-4", "address", "show", "dev", hostLink(paths.instance)])
  return /inet (\S+)\//.exec(stdout)?.[1]
}

/** Serves a clone of a repository with git's own HTTP server, in the engine's network only. */
export async function serveRepository(repository: string, host: string): Promise<ServedRepository> {
  const root = await mkdtemp(join(tmpdir(), "quillon-git-"))
  await execa("git", ["clone", "--quiet", "--bare", "--no-hardlinks", repository, join(root, "quillon.git")])
  const searchPath = process.env.PATH ?? "/usr/bin:/bin"
  const server = await listen(
    (call) => callHttpBackend(call, { root, path: call.path, user: undefined, searchPath }),
    PORT,
    host,
  )
  return {
    address: `http://${host}/quillon.git`,
    async close() {
      await server.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
