import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { engineAssets } from "./assets.js"
import { systemPath } from "./host-facts.js"
import { openLog } from "./log.js"
import { enginePaths } from "./paths.js"
import { createRunner } from "./process.js"
import type { Progress } from "./progress.js"
import type { Session } from "./session.js"

/** What a door hands in to work on its engine. */
export interface SessionRequest {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly progress: Progress
  readonly signal: AbortSignal
  /** Names the log file, e.g. `up`. */
  readonly command: string
}

/** Opens log and runner for one command on the engine; `session.log.close()` ends it. */
export function openSession(request: SessionRequest): Session {
  const paths = enginePaths(request.env)
  mkdirSync(paths.cache, { recursive: true, mode: 0o700 })
  const log = openLog(join(paths.logs, `${request.command}.log`))
  const env = { ...request.env, PATH: systemPath(request.env) }
  return {
    paths,
    env,
    assets: engineAssets(),
    run: createRunner({ env, log: log.write, signal: request.signal }),
    log,
    progress: request.progress,
    signal: request.signal,
  }
}
