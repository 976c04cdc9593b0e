import { availableParallelism } from "node:os"
import type { Selection } from "../src/pipeline/selection.js"
import type { RunOptions } from "../src/pipeline/world.js"
import type { KnownProject } from "./known-project.js"
import { unpassedCells } from "./last-run.js"
import type { RunRequest } from "./run-request.js"

/** Seconds that one command may take when nobody says otherwise. */
const TIMEOUT_SECONDS = 1800

/** What the runner is asked to do: the request, with the project's settings and this machine's means behind it. */
export async function planRun(request: RunRequest, known: KnownProject): Promise<RunOptions & Selection> {
  const failed = request.failed ? await unpassedCells(known.folder) : undefined
  const fresh = failed ?? request.fresh
  return {
    ...request.selection,
    ...(failed === undefined ? {} : { only: failed }),
    ...(request.failFast ? { failFast: true as const } : {}),
    ...(fresh === undefined ? {} : { fresh }),
    jobs: request.jobs ?? Math.max(2, availableParallelism()),
    timeoutSeconds: request.timeoutSeconds ?? TIMEOUT_SECONDS,
    args: request.args,
  }
}
