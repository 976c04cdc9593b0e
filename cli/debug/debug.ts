import { setMaxListeners } from "node:events"
import { resolve } from "node:path"
import { QuillonError } from "../../src/errors.js"
import { planGraph } from "../../src/pipeline/graph.js"
import { definePipeline } from "../../src/pipeline/pipeline.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import { withColour } from "../board/choose.js"
import { remarkOn } from "../board/remark.js"
import { type Engine, openEngine } from "../engine.js"
import { watchInterrupts } from "../interrupt.js"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import { lastReport } from "../last-run.js"
import type { ProcessControl } from "../program.js"
import { planRun } from "../run-plan.js"
import { createStyle } from "../style.js"
import { describeStand } from "./banner.js"
import { chooseCell } from "./choose-cell.js"
import { type Arrival, type DebugPlan, goToCell } from "./go-to-cell.js"
import { lendShell } from "./lend-shell.js"
import { hasTerminal, occupy, passedCodeOf } from "./occupy.js"
import { type DebugRequest, debugLine } from "./request.js"

/**
 * Opens a shell in the container of a stage, or runs one command there, and passes its exit code on.
 *
 * @throws QuillonError NO_TERMINAL, NO_CONTAINER, SHELL_LOST, and what leads to a run's first container
 */
export async function debug(process: Io, control: ProcessControl, request: DebugRequest): Promise<void> {
  const io = withColour(process, request.run.look.color)
  if (request.argv.length === 0 && !hasTerminal(io)) throw noTerminal(request)
  const interrupt = watchInterrupts(io, control)
  const refused = new AbortController()
  const signal = AbortSignal.any([interrupt.signal, refused.signal])
  setMaxListeners(0, signal)

  const planning = planVisit(io, { request, control, signal })
  const opening = openEngine(io, { ...wishOf(request), needed: planning, signal })
  opening.catch(() => {})
  try {
    const visit = await planning
    control.atExit(visit.leave)
    const engine = await opening
    await debugOn({ io, control, request, plan: await visit.meet(engine), engine, signal })
  } catch (error) {
    if (!interrupt.signal.aborted) throw error
    io.leave(130)
  } finally {
    refused.abort()
    await opening.then((engine) => engine.close()).catch(() => {})
    await planning.then((visit) => visit.leave()).catch(() => {})
  }
}

/** A cell to stand at, before an engine is there. */
interface Visit {
  /** Fits what is planned to the engine. */
  meet(engine: Engine): Promise<DebugPlan>
  /** Takes away what was made for it. */
  leave(): void
}

async function planVisit(
  io: Io,
  { request, control, signal }: Pick<Parts, "request" | "control" | "signal">,
): Promise<Visit> {
  const { capsule } = request
  const { version } = control
  if (capsule === undefined) {
    const plan = await planDebug(io, request)
    return { meet: async () => plan, leave: () => {} }
  }
  const [{ planFromCapsule }, { meetEngine }, { removeTree }] = await Promise.all([
    import("../capsule/plan-debug.js"),
    import("../capsule/meet-engine.js"),
    import("../capsule/check-out.js"),
  ])
  const plan = await planFromCapsule(io, { ...request, capsule, version, signal })
  return { meet: (engine) => meetEngine(io, plan, { engine, version }), leave: () => removeTree(plan.root) }
}

/** Everything that can be refused without an engine. */
async function planDebug(io: Io, { run, name = "" }: DebugRequest): Promise<DebugPlan> {
  const known = await knowProject(io, resolve(io.cwd, run.path))
  const pipeline = run.pipeline ?? definePipeline(pythonStages)
  const { project, settings } = known
  const { nodes } = planGraph({ pipeline, project, settings, selection: { only: [name] } })
  const [options, report] = await Promise.all([planRun(run, known), lastReport(known.folder)])
  return { known, pipeline, options, cell: chooseCell(name, nodes, report) }
}

function wishOf({ run: { engine } }: DebugRequest) {
  return { mayAsk: true, ...(engine === undefined ? {} : { engine }) }
}

interface Parts {
  readonly io: Io
  readonly control: ProcessControl
  readonly request: DebugRequest
  readonly plan: DebugPlan
  readonly engine: Engine
  readonly signal: AbortSignal
}

async function debugOn({ io, control, request, plan, engine, signal }: Parts): Promise<void> {
  const { address } = plan.cell
  const arrival = await goToCell({ io, engine, signal }, plan, request)
  if (request.first === "run" && arrival.ran?.outcome === "passed") {
    io.stderr.write(`${[`${address} passed`, remarkOn(arrival.ran)].filter((part) => part !== "").join(": ")}\n`)
    return
  }
  const { command, after } = arrival
  const container = request.state === "after" ? after : command.container
  const shell = { container, argv: command.argv, address }
  const lent = await lendShell(engine.dag, shell, { address, command: command.name })
  try {
    if (request.argv.length === 0) greet(io, { request, plan, arrival })
    io.leave(passedCodeOf(await occupy(lent, { io, control, signal, argv: request.argv })))
  } finally {
    await lent.close()
  }
}

function greet(io: Io, { request, plan, arrival }: Pick<Parts, "request" | "plan"> & { arrival: Arrival }): void {
  const { command, others, execution, ran } = arrival
  const cell = ran ?? plan.cell.last
  const facts = {
    address: plan.cell.address,
    command: command.name,
    argv: command.argv,
    others,
    state: request.state,
    ...(execution === undefined ? {} : { execution }),
    ...(cell === undefined ? {} : { cell }),
    when: ran !== undefined ? ("now" as const) : request.capsule ? ("recorded run" as const) : ("last run" as const),
  }
  const lines = describeStand(facts, { style: createStyle(io), columns: io.columns })
  io.stdout.write(`${lines.join("\n")}\n`)
}

function noTerminal(request: DebugRequest): QuillonError {
  return new QuillonError({
    code: "NO_TERMINAL",
    message: "a shell needs a terminal, and standard input or output is none",
    next: `run one command instead: ${debugLine(request, request.name ?? "")} -- rerun`,
    kind: "usage",
  })
}
