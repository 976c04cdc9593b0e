import { availableParallelism, totalmem } from "node:os"
import type { Pipeline } from "../src/pipeline/pipeline.js"
import { type Selection, unknownStage } from "../src/pipeline/selection.js"
import type { RunOptions } from "../src/pipeline/world.js"
import type { KnownProject } from "./known-project.js"
import { unpassedCells } from "./last-run.js"
import type { RunRequest } from "./run-request.js"

/** What the runner is asked to do: the request, with the project's settings and this machine's means behind it. */
export async function planRun(request: RunRequest, known: KnownProject): Promise<RunOptions & Selection> {
  const failed = request.failed ? await unpassedCells(known.folder) : undefined
  const fresh = failed ?? request.fresh
  return {
    ...request.selection,
    ...(failed === undefined ? {} : { only: failed }),
    ...(request.failFast ? { failFast: true as const } : {}),
    ...(fresh === undefined ? {} : { fresh }),
    jobs: request.jobs ?? jobsHere(known.settings),
    ...(request.timeoutSeconds === undefined ? {} : { timeoutSeconds: request.timeoutSeconds }),
    args: request.args,
  }
}

/** Cells at once: what the settings say, else what this machine can. */
export function jobsHere({ jobs }: Pick<KnownProject["settings"], "jobs">): number {
  return jobs ?? jobsFor({ processors: availableParallelism(), memory: totalmem() })
}

/** Bytes of memory that a cell may need: a type checker, a test suite. */
const CELL_MEMORY = 1.5 * 1024 ** 3

/**
 * Cells that this machine can run at once. Four at least where memory allows: much of a cell is waiting for the
 * network or for the engine's cache. Pure.
 */
export function jobsFor({ processors, memory }: { readonly processors: number; readonly memory: number }): number {
  return Math.max(1, Math.min(Math.max(4, processors), Math.floor(memory / CELL_MEMORY)))
}

/** @throws QuillonError UNKNOWN_STAGE where `--fresh` names what the pipeline does not have. */
export function refuseUnknownFresh(pipeline: Pipeline, { fresh }: Pick<RunOptions, "fresh">): void {
  if (fresh === undefined || fresh === "all") return
  const names = pipeline.stages.map(({ name }) => name)
  const unknown = fresh.find((name) => !names.includes(name.split("@")[0] ?? ""))
  if (unknown !== undefined) throw unknownStage(unknown, names)
}
