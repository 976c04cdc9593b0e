import { QuillonError } from "../src/errors.js"
import type { Io } from "./io.js"
import type { EngineAccess } from "./session.js"

/** What a person said about the engine. */
export interface EngineWish {
  /** `build`: make one here without asking, where none is found. */
  readonly engine?: "build"
  /** False where a question would stand in the way, e.g. of events as JSON. */
  readonly mayAsk: boolean
  /** Settles when it is known that there is work for an engine; none is built before, and none when it rejects. */
  readonly needed: Promise<unknown>
  readonly signal: AbortSignal
}

/** Finds an engine in the order of DESIGN §8, and the program that opens a session with it. */
export async function findEngineAccess(io: Io, wish: EngineWish): Promise<EngineAccess> {
  const named = io.env._EXPERIMENTAL_DAGGER_RUNNER_HOST
  // Looked at here as well, because what looks for all other engines takes a while to load.
  if (named) return { cli: await daggerProgram(io, wish.signal), host: named, env: {} }
  const { locateEngine } = await import("../engine/locate.js")
  const found = await locateEngine({ env: io.env, mayBuild: mayBuild(io, wish) })
  switch (found.kind) {
    case "own":
      return accessFrom(found.env)
    case "runtime":
      return { cli: await daggerProgram(io, wish.signal), host: found.runtime, env: {} }
    case "build": {
      await wish.needed
      const { buildEngine } = await import("./build-engine.js")
      return accessFrom(await buildEngine(io, { consent: found.consent, signal: wish.signal }))
    }
    case "none":
      throw new QuillonError(found.problem)
    case "session":
    case "runner":
      throw new RangeError(`an engine of kind ${found.kind} is looked at before`)
  }
}

async function daggerProgram(io: Io, signal: AbortSignal): Promise<string> {
  const { _EXPERIMENTAL_DAGGER_CLI_BIN: named } = io.env
  return named ? named : (await import("./dagger-program.js")).findDaggerProgram(io, signal)
}

function mayBuild(io: Io, wish: EngineWish): "yes" | "ask" | "no" {
  if (wish.engine === "build") return "yes"
  return wish.mayAsk && io.isTTY && io.stdin.isTTY === true ? "ask" : "no"
}

function accessFrom(env: Readonly<Record<string, string>>): EngineAccess {
  const { _EXPERIMENTAL_DAGGER_CLI_BIN: cli = "dagger", _EXPERIMENTAL_DAGGER_RUNNER_HOST: host = "" } = env
  return { cli, host, env }
}
