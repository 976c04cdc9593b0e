import { existsSync } from "node:fs"
import { connect } from "node:net"
import { cpus, totalmem } from "node:os"
import { join } from "node:path"
import { execa } from "execa"
import type { DoctorFacts } from "./diagnosis.js"
import { type FoundEngine, RUNTIMES, type Runtime } from "./find.js"
import { findProgram, gatherHostFacts, systemPath } from "./host-facts.js"
import { answeringRuntimes, locateEngine } from "./locate.js"
import { enginePaths } from "./paths.js"
import { preflight } from "./preflight.js"
import { answers } from "./socket.js"
import { engineStatus } from "./status.js"

type Env = Readonly<Record<string, string | undefined>>

/** Variables whose presence decides what a release may do. */
const VARIABLES = [
  "UV_PUBLISH_TOKEN",
  "UV_PUBLISH_PASSWORD",
  "TWINE_PASSWORD",
  "PYPI_TOKEN",
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "GITLAB_TOKEN",
  "CI_JOB_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "SSH_AUTH_SOCK",
]

/** The same for files below the home folder. */
const FILES = [".pypirc", ".netrc", ".docker/config.json", ".config/gh/hosts.yml", ".git-credentials"]

/** Looks at everything that doctor shows; changes nothing. */
export async function gatherDoctorFacts(
  env: Env,
  versions: { readonly quillon: string; readonly node: string },
): Promise<DoctorFacts> {
  const paths = enginePaths(env)
  const [found, status, host, running] = await Promise.all([
    locateEngine({ env, mayBuild: "ask" }),
    engineStatus(paths),
    gatherHostFacts(paths.cache, env),
    answeringRuntimes(env),
  ])
  const [dagger, git] = await Promise.all([versionOf(["dagger", "version"], env), versionOf(["git", "--version"], env)])
  return {
    ...versions,
    found,
    answers: await takesConnection(found),
    status,
    versions: { dagger, git, go: host.go },
    runtimes: Object.fromEntries(
      RUNTIMES.map((name) => [name, runtimeState(name, running, env)]),
    ) as DoctorFacts["runtimes"],
    freeBytes: host.freeBytes,
    memoryBytes: totalmem(),
    cpus: cpus().length,
    obstacles: preflight(host, { compile: true, bootstrap: true }),
    credentials: credentials(env),
  }
}

/** Names of the variables that are set and of the files that exist; nothing is read. */
export function credentials(env: Env): readonly string[] {
  const variables = VARIABLES.filter((name) => env[name] !== undefined && env[name] !== "")
  const home = env.HOME
  const files = home === undefined ? [] : FILES.filter((file) => existsSync(join(home, file)))
  return [...variables, ...files.map((file) => `~/${file}`)]
}

function runtimeState(name: Runtime, running: readonly Runtime[], env: Env): DoctorFacts["runtimes"][Runtime] {
  if (running.includes(name)) return "answers"
  return findProgram(name, env.PATH ?? "") === undefined ? "absent" : "no answer"
}

async function versionOf(command: readonly [string, string], env: Env): Promise<string | undefined> {
  if (findProgram(command[0], systemPath(env)) === undefined) return undefined
  const result = await execa(command[0], [command[1]], {
    env,
    extendEnv: false,
    reject: false,
    timeout: 3000,
    stdin: "ignore",
  })
  return (
    String(result.stdout)
      .split("\n")[0]
      ?.replace(/^(git version|dagger) /, "") || undefined
  )
}

async function takesConnection(found: FoundEngine): Promise<boolean> {
  if (found.kind !== "runner") return true
  const address = URL.canParse(found.host) ? new URL(found.host) : undefined
  if (address?.protocol === "unix:") return answers(address.pathname)
  if (address?.protocol !== "tcp:") return true
  return new Promise((resolve) => {
    const socket = connect({ host: address.hostname, port: Number(address.port), timeout: 2000 })
    const end = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.once("connect", () => end(true))
    socket.once("error", () => end(false))
    socket.once("timeout", () => end(false))
  })
}
