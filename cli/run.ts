import { setMaxListeners } from "node:events"
import { resolve } from "node:path"
import { loadBaseline } from "../src/door/load-baseline.js"
import type { Baseline } from "../src/findings/baseline.js"
import { planGraph } from "../src/pipeline/graph.js"
import { definePipeline, type Pipeline } from "../src/pipeline/pipeline.js"
import type { Selection } from "../src/pipeline/selection.js"
import type { RunOptions } from "../src/pipeline/world.js"
import { pythonStages } from "../src/stages/python-stages.js"
import { withColour } from "./board/choose.js"
import { type Engine, openEngine } from "./engine.js"
import type { EngineWish } from "./engine-access.js"
import { exitCodeOfRun } from "./exit-code.js"
import { createHostFiles } from "./host-files.js"
import { watchInterrupts } from "./interrupt.js"
import type { Io } from "./io.js"
import { type KeptRun, keepRun } from "./kept-run.js"
import { type KnownProject, knowProject } from "./known-project.js"
import { createPhases } from "./phases.js"
import type { ProcessControl } from "./program.js"
import { planRun, refuseUnknownFresh } from "./run-plan.js"
import type { RunRequest } from "./run-request.js"
import { createHostWorld } from "./world.js"

/** A run that has ended by itself. */
export interface EndedRun extends KeptRun {
  readonly known: KnownProject
}

/**
 * Runs the pipeline on a project, shows it, keeps what it leaves, and sets the exit code. Gives back nothing where
 * nothing ran to its end.
 *
 * @throws QuillonError before anything ran: no project, no engine, wrong selection, a baseline that can't be read.
 */
export async function run(process: Io, control: ProcessControl, request: RunRequest): Promise<EndedRun | undefined> {
  const io = withColour(process, request.look.color)
  const phases = createPhases(() => performance.now())
  const interrupt = watchInterrupts(io, control)
  const refused = new AbortController()
  const signal = AbortSignal.any([interrupt.signal, refused.signal])
  setMaxListeners(0, signal)

  // The session opens while the project is looked at: both take longer than the program itself.
  const asking = phases.time("project", ask(io, request))
  const opening = phases.time("session", openEngine(io, { ...wishOf(request), needed: asking, signal }))
  opening.catch(() => {})
  try {
    const asked = await asking
    if (asked.plan.only?.length === 0) {
      if (!request.look.quiet) io.stderr.write("nothing to run again: every cell of the last run passed\n")
      return undefined
    }
    const engine = await opening
    const { report, folder } = await phases.time("run", runOn({ io, control, request, asked, engine, interrupt }))
    io.leave(exitCodeOfRun({ report, interrupted: interrupt.signal.aborted }))
    if (request.look.verbose) io.stderr.write(`${phases.describe()}, ${engine.roundTrips()} round trips\n`)
    return interrupt.signal.aborted ? undefined : { report, known: asked.known, folder }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error
    io.stderr.write("interrupted before anything ran\n")
    io.leave(130)
    return undefined
  } finally {
    refused.abort()
    await opening.then((engine) => engine.close()).catch(() => {})
  }
}

interface Asked {
  readonly known: KnownProject
  readonly baseline?: Baseline
  readonly pipeline: Pipeline
  readonly plan: RunOptions & Selection
}

/** Everything that can be refused without an engine: the project, its settings, the selection. */
async function ask(io: Io, request: RunRequest): Promise<Asked> {
  const known = await knowProject(io, resolve(io.cwd, request.path))
  const pipeline = request.pipeline ?? definePipeline(pythonStages)
  const plan = await planRun(request, known)
  const { project, settings } = known
  const files = createHostFiles(known.folder)
  const baseline = request.baseline === "ignored" ? undefined : await loadBaseline(files, settings)
  planGraph({ pipeline, project, settings, selection: plan })
  refuseUnknownFresh(pipeline, plan)
  return { known, pipeline, plan, ...(baseline === undefined ? {} : { baseline }) }
}

function wishOf({ engine, look }: RunRequest): Pick<EngineWish, "engine" | "mayAsk"> {
  return { mayAsk: !look.json && !look.quiet, ...(engine === undefined ? {} : { engine }) }
}

interface Parts {
  readonly io: Io
  readonly control: ProcessControl
  readonly request: RunRequest
  readonly asked: Asked
  readonly engine: Engine
  readonly interrupt: ReturnType<typeof watchInterrupts>
}

function runOn({ io, control, request, asked, engine, interrupt }: Parts): Promise<KeptRun> {
  const { known, pipeline, plan, baseline } = asked
  const compared = baseline === undefined ? {} : { baseline }
  return keepRun({
    io,
    control,
    look: request.look,
    ...(request.ending === undefined ? {} : { ending: request.ending }),
    folder: known.folder,
    root: known.git?.root,
    keep: known.settings.runs.keep,
    pipeline,
    plan,
    engine,
    signal: interrupt.signal,
    world: (ports, id) => createHostWorld({ ...ports, engine, known, id, env: io.env, ...compared }),
  })
}
