import { randomBytes } from "node:crypto"
import { join } from "node:path"
import type { Pipeline } from "../src/pipeline/pipeline.js"
import type { Report } from "../src/pipeline/report.js"
import { runPipeline } from "../src/pipeline/runner.js"
import type { Selection } from "../src/pipeline/selection.js"
import type { RunOptions, World } from "../src/pipeline/world.js"
import { boardKind, isJobLog } from "./board/board-kind.js"
import { readCellLogs } from "./board/cell-logs.js"
import { chooseRenderer } from "./board/choose.js"
import { showEnd } from "./board/end.js"
import { readUsualTimes } from "./board/usual-times.js"
import { cacheFolder } from "./cache-folder.js"
import { recordCapsule } from "./capsule/recorder.js"
import type { Engine } from "./engine.js"
import type { Io } from "./io.js"
import type { ProcessControl } from "./program.js"
import { createProgressLog } from "./progress-log.js"
import { createRunFolder, loggedCells } from "./run-folder.js"
import { formatRunId } from "./run-id.js"
import type { RunLook, RunRequest } from "./run-request.js"
import { typedPath, writeResults } from "./run-results.js"
import { createFolderStore } from "./run-store.js"
import { readSaltMemory } from "./salt-memory.js"
import { appendStepSummary } from "./step-summary.js"
import { createWitnessedListener } from "./witnessed.js"

/** Milliseconds that an interrupted run takes at most to keep what its cells left. */
const WIND_UP_MS = 3_000

/** What a run that is shown and kept needs. */
export interface KeptRunParts {
  readonly io: Io
  readonly control: ProcessControl
  readonly look: RunLook
  readonly ending?: RunRequest["ending"]
  /** Absolute path of the project's folder. */
  readonly folder: string
  /** Root of the git work tree around it. */
  readonly root?: string | undefined
  /** Where what runs is not that work tree, but a commit of its repository. */
  readonly tree?: "elsewhere"
  /** Runs that are kept there. */
  readonly keep: number
  readonly pipeline: Pipeline
  readonly plan: RunOptions & Selection
  readonly engine: Engine
  readonly signal: AbortSignal
  readonly world: (ports: Pick<World, "emit" | "signal" | "witness" | "store" | "salts">, id: string) => World
}

/** A run that has ended, and the absolute path of what it left. */
export interface KeptRun {
  readonly report: Report
  readonly folder: string
}

/** Runs a pipeline, shows it, and keeps what it leaves below the project's folder. */
export async function keepRun(parts: KeptRunParts): Promise<KeptRun> {
  const { io, control, look, pipeline, plan, engine, signal } = parts
  const id = formatRunId(Date.now(), randomBytes(4).toString("hex"))
  const folder = await createRunFolder({ project: parts.folder, cache: cacheFolder(io.env), id })
  const renderer = chooseRenderer(io, look, Date.now)
  control.atExit(() => renderer.close())
  if (folder.elsewhere !== undefined) renderer.note(folder.elsewhere)
  const { emit, witness } = createWitnessedListener(engine, renderer)
  const store = createFolderStore(folder.path)
  const salts = await readSaltMemory(join(folder.path, "..", "..", "salts.json"))
  if (renderer.isFollowed) void readUsualTimes(join(folder.path, "..")).then(renderer.on)
  const progress = createProgressLog(folder.path)
  try {
    const world = parts.world({ emit, signal, witness, store, salts }, id)
    progress.begin({ ...world.facts, path: world.project.path })
    const subject = { project: parts.folder, root: parts.root, tree: parts.tree, folder: folder.path }
    const capsule = recordCapsule(
      { ...subject, env: io.env, version: control.version, platform: engine.platform, plan },
      world,
      id,
    )
    const watched = { ...capsule.world, emit: progress.before(capsule.before(emit)) }
    const report = await runPipeline(pipeline, watched, plan)
    const windUp = signal.aborted ? [after(WIND_UP_MS)] : []
    const lost = await Promise.race([store.flush(), ...windUp])
    await Promise.race([capsule.finish(report), ...windUp])
    await writeResults(folder, report, parts.keep)
    await progress.drop()
    await salts.save()
    renderer.close()
    for (const problem of lost) renderer.note(`not kept: ${problem}`)
    const ended = { report, folder: folder.path }
    if (parts.ending === "troubles" && report.cells.every(({ outcome }) => outcome !== "errored")) return ended
    const { writePage } = await import("./report-page/write-page.js")
    for (const unwritten of [await writePage(folder.path, report), await appendStepSummary(io, report)]) {
      if (unwritten !== undefined) renderer.note(unwritten)
    }
    showEnd(io, report, {
      look,
      folder: typedPath(folder.path, io.cwd),
      path: typedPath(parts.folder, io.cwd),
      logs: await loggedCells(folder),
      interrupted: signal.aborted,
      printed: isJobLog(boardKind(io, look)) ? await readCellLogs(folder.path, report) : [],
      now: Date.now(),
    })
    return ended
  } finally {
    renderer.close()
  }
}

async function after(milliseconds: number): Promise<readonly string[]> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
  return ["the rest, because the run was interrupted"]
}
