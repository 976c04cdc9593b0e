import { randomBytes } from "node:crypto"
import { join, resolve } from "node:path"
import { definePipeline } from "../src/pipeline/pipeline.js"
import type { Report } from "../src/pipeline/report.js"
import { runPipeline } from "../src/pipeline/runner.js"
import { pythonStages } from "../src/stages/python-stages.js"
import { chooseRenderer, withColour } from "./board/choose.js"
import { showEnd } from "./board/end.js"
import { cacheFolder } from "./cache-folder.js"
import { type Engine, openEngine } from "./engine.js"
import { exitCodeOfRun } from "./exit-code.js"
import { watchInterrupts } from "./interrupt.js"
import type { Io } from "./io.js"
import { type KnownProject, knowProject } from "./known-project.js"
import { createPhases } from "./phases.js"
import type { ProcessControl } from "./program.js"
import { createRunFolder } from "./run-folder.js"
import { formatRunId } from "./run-id.js"
import { planRun } from "./run-plan.js"
import type { RunRequest } from "./run-request.js"
import { typedPath, writeResults } from "./run-results.js"
import { createFolderStore } from "./run-store.js"
import { readSaltMemory } from "./salt-memory.js"
import { createWitnessedListener } from "./witnessed.js"
import { createWorld } from "./world.js"

/** Runs of one project that are kept. */
const RUNS_KEPT = 20

/** Milliseconds that an interrupted run takes at most to keep what its cells left. */
const WIND_UP_MS = 3_000

/**
 * Runs the pipeline on a project, shows it, keeps what it leaves, and sets the exit code.
 *
 * @throws QuillonError before anything ran: no project, no engine, wrong selection.
 */
export async function run(process: Io, control: ProcessControl, request: RunRequest): Promise<void> {
  const io = withColour(process, request.look.color)
  const phases = createPhases(() => performance.now())
  const interrupt = watchInterrupts(io, control)
  const folder = resolve(io.cwd, request.path)

  // The session opens while the project is looked at: both take longer than the program itself.
  const opening = phases.time("session", openEngine(io, interrupt.signal))
  opening.catch(() => {})
  try {
    const known = await phases.time("project", knowProject(io, folder))
    const engine = await opening
    const report = await phases.time("run", runOn({ io, request, known, engine, interrupt }))
    io.leave(exitCodeOfRun({ report, interrupted: interrupt.signal.aborted }))
    if (request.look.verbose) io.stderr.write(`${phases.describe()}, ${engine.roundTrips()} round trips\n`)
  } finally {
    await opening.then((engine) => engine.close()).catch(() => {})
  }
}

interface Parts {
  readonly io: Io
  readonly request: RunRequest
  readonly known: KnownProject
  readonly engine: Engine
  readonly interrupt: ReturnType<typeof watchInterrupts>
}

async function runOn({ io, request, known, engine, interrupt }: Parts): Promise<Report> {
  const { signal } = interrupt
  const plan = await planRun(request, known)
  const id = formatRunId(Date.now(), randomBytes(4).toString("hex"))
  const folder = await createRunFolder({ project: known.folder, cache: cacheFolder(io.env), id })
  const renderer = chooseRenderer(io, request.look, Date.now)
  interrupt.onLeave(() => renderer.close())
  if (folder.elsewhere !== undefined) renderer.note(folder.elsewhere)
  const { emit, witness } = createWitnessedListener(engine, renderer)
  const store = createFolderStore(engine.keeper, folder.path)
  const salts = await readSaltMemory(join(folder.path, "..", "..", "salts.json"))
  try {
    const world = createWorld({ engine, known, id, emit, signal, witness, store, salts })
    const report = await runPipeline(definePipeline(pythonStages), world, plan)
    const lost = await Promise.race([store.flush(), ...(signal.aborted ? [after(WIND_UP_MS)] : [])])
    await writeResults(folder, report, RUNS_KEPT)
    await salts.save()
    renderer.close()
    for (const problem of lost) renderer.note(`not kept: ${problem}`)
    showEnd(io, report, { look: request.look, folder: typedPath(folder.path, io.cwd), interrupted: signal.aborted })
    return report
  } finally {
    renderer.close()
  }
}

async function after(milliseconds: number): Promise<readonly string[]> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  return ["the rest, because the run was interrupted"]
}
