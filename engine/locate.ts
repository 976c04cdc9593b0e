import { execa } from "execa"
import { connectionEnvironment } from "./connection.js"
import { type FindFacts, type FoundEngine, findEngine, RUNTIMES, type Runtime } from "./find.js"
import { findProgram, gatherHostFacts } from "./host-facts.js"
import { enginePaths } from "./paths.js"
import { preflight } from "./preflight.js"
import { engineStatus } from "./status.js"

/** How a door looks for its engine. */
export interface LocateRequest {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly mayBuild: FindFacts["mayBuild"]
}

/** Finds the engine of a door, looking only as far as needed: daemons are asked only where nothing nearer was found. */
export async function locateEngine({ env, mayBuild }: LocateRequest): Promise<FoundEngine> {
  const nothing: FindFacts = { env, own: undefined, runtimes: [], obstacle: undefined, mayBuild: "no" }
  const named = findEngine(nothing)
  if (named.kind !== "none") return named
  const own = await ownEngine(env)
  if (own !== undefined) return findEngine({ ...nothing, own })
  const runtimes = await answeringRuntimes(env)
  if (runtimes.length > 0) return findEngine({ ...nothing, runtimes })
  const facts = await gatherHostFacts(enginePaths(env).cache, env)
  const obstacle = preflight(facts, { compile: true, bootstrap: true })[0]
  return findEngine({ ...nothing, obstacle, mayBuild })
}

/** Variables of our own engine when it runs; undefined when it does not. */
export async function ownEngine(env: LocateRequest["env"]): Promise<Readonly<Record<string, string>> | undefined> {
  const status = await engineStatus(enginePaths(env))
  if (status.state !== "running" || status.binaries === undefined) return undefined
  return connectionEnvironment({ socket: status.socket, binaries: status.binaries })
}

/** The container runtimes whose daemon answers within three seconds. */
export async function answeringRuntimes(env: LocateRequest["env"]): Promise<readonly Runtime[]> {
  const answers = await Promise.all(RUNTIMES.map((name) => runtimeAnswers(name, env)))
  return RUNTIMES.filter((_, index) => answers[index])
}

async function runtimeAnswers(name: Runtime, env: LocateRequest["env"]): Promise<boolean> {
  if (findProgram(name, env.PATH ?? "") === undefined) return false
  // `docker info` exits 0 without a daemon when a format is given; listing asks the daemon.
  const result = await execa(name, ["ps", "--quiet"], {
    env,
    extendEnv: false,
    reject: false,
    timeout: 3000,
    stdin: "ignore",
  })
  return result.exitCode === 0
}
