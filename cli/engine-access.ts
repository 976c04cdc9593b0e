import { QuillonError } from "../src/errors.js"
import type { Io } from "./io.js"
import type { EngineAccess } from "./session.js"

/** Finds the engine that the environment names. */
export async function findEngineAccess(io: Io): Promise<EngineAccess> {
  const { _EXPERIMENTAL_DAGGER_RUNNER_HOST: host, _EXPERIMENTAL_DAGGER_CLI_BIN: cli = "dagger" } = io.env
  if (host) return { cli, host, env: {} }
  throw new QuillonError({
    code: "NO_ENGINE",
    message: "no Dagger engine was found",
    next: "quillon engine up",
    kind: "environment",
  })
}
