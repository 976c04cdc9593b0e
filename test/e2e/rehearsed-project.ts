import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { execa } from "execa"
import { type Access, accessSchema } from "../../rehearsal/access.js"
import type { LoggedRequest } from "../../rehearsal/faults/request-log.js"
import { engineEnvironment } from "../engine-session.js"
import { quillon } from "./quillon.js"
import { smallProject, withSettings } from "./small-project.js"

/** A small project with one commit, and a rehearsal that is up for it alone. */
export interface RehearsedProject {
  readonly cache: string
  readonly folder: string
  /** Folder of the repository that stands in for the remote. */
  readonly remote: string
  /** Runs the command line in the project, with these variables beside its own. */
  run(args: readonly string[], variables?: Readonly<Record<string, string>>): ReturnType<typeof quillon>
  /** Gives what git prints. */
  git(...args: readonly string[]): Promise<string>
  commit(message: string): Promise<void>
  access(): Promise<Access>
  /** Requests that a server of the rehearsal got. */
  requests(server: string): Promise<readonly LoggedRequest[]>
  close(): Promise<void>
}

/** Makes the project and starts the rehearsal. @param settings below `[tool.quillon]` */
export async function openRehearsedProject(settings: string): Promise<RehearsedProject> {
  const cache = await mkdtemp(join(tmpdir(), "quillon-rehearsal-"))
  const env = { ...engineEnvironment(), XDG_CACHE_HOME: cache }
  const folder = await smallProject(withSettings(settings))
  const state = join(cache, "quillon/rehearsal")
  const run = (args: readonly string[], variables = {}) => quillon(args, { cwd: folder, env: { ...env, ...variables } })
  const git = async (...args: readonly string[]) => {
    const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    return (await execa("git", [...person, ...args], { cwd: folder })).stdout
  }
  const commit = async (message: string) => void (await git("commit", "--quiet", "--all", "--message", message))
  await git("init", "--quiet", "--initial-branch=main")
  await git("add", "--all")
  await commit("feat: double")
  // Nobody asks it: a rehearsal has a remote of its own.
  await git("remote", "add", "origin", "https://git.example/ada/small.git")
  const up = await run(["rehearsal", "up"])
  if (up.exitCode !== 0) throw new Error(up.all)
  return {
    cache,
    folder,
    remote: join(state, "git/project.git"),
    run,
    git,
    commit,
    access: async () => accessSchema.parse(JSON.parse(await readFile(join(state, "access.json"), "utf8"))),
    async requests(server) {
      const lines = (await readFile(join(state, "logs", `${server}.jsonl`), "utf8")).split("\n")
      return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as LoggedRequest)
    },
    async close() {
      await run(["rehearsal", "down", "--purge"])
      await rm(cache, { recursive: true, force: true })
      await rm(dirname(folder), { recursive: true, force: true })
    },
  }
}
