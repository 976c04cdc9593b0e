import { join } from "node:path"
import { chooseCommand, type Stand, type StoodCommand, standAt } from "../../src/door/stage-stand.js"
import { QuillonError } from "../../src/errors.js"
import type { Pipeline } from "../../src/pipeline/pipeline.js"
import type { CellReport, Report } from "../../src/pipeline/report.js"
import type { RunOptions, World } from "../../src/pipeline/world.js"
import { addressOfReport } from "../board/aftermath.js"
import { remarkOn } from "../board/remark.js"
import type { Engine } from "../engine.js"
import type { Io } from "../io.js"
import type { KnownProject } from "../known-project.js"
import { formatRunId } from "../run-id.js"
import { readSaltMemory } from "../salt-memory.js"
import { createHostWorld } from "../world.js"
import type { ChosenCell } from "./choose-cell.js"
import { createProgressLine } from "./progress-line.js"
import { type DebugRequest, debugLine } from "./request.js"

/** What is known before an engine is there. */
export interface DebugPlan {
  readonly known: KnownProject
  readonly pipeline: Pipeline
  readonly options: RunOptions
  readonly cell: ChosenCell
  /** What a capsule says besides. */
  readonly recorded?: Pick<World, "buildRequirements">
}

/** With what one goes to a cell. */
export interface Way {
  readonly io: Io
  readonly engine: Engine
  readonly signal: AbortSignal
}

/** Where one has arrived. */
export interface Arrival extends StoodCommand {
  /** Names of the stage's other commands. */
  readonly others: readonly string[]
  /** The cell of this run, where it was executed. */
  readonly ran?: CellReport
}

/**
 * Runs what the cell takes from, mostly out of the engine's cache, and the cell itself where that was asked for. Of
 * several commands the failing one is known only by executing them: that is done where the last run saw the cell fail.
 *
 * @throws QuillonError NO_CONTAINER, NO_SUCH_COMMAND
 */
export async function goToCell({ io, engine, signal }: Way, plan: DebugPlan, request: DebugRequest): Promise<Arrival> {
  const { known, pipeline, options, cell } = plan
  const { address, last } = cell
  const asked = request.state === "after" || request.first === "run"
  const failed = last?.outcome === "failed" || last?.outcome === "errored"
  const progress = createProgressLine(io.stderr, address)
  try {
    const world = createHostWorld({
      engine,
      known,
      id: formatRunId(Date.now(), "debug"),
      env: io.env,
      emit: progress.emit,
      signal,
      ...plan.recorded,
      salts: await readSaltMemory(join(known.folder, ".quillon", "salts.json")),
    })
    const stand = await standAt(pipeline, world, {
      ...options,
      address,
      executes: ({ length }) => asked || (failed && length > 1 && request.command === undefined),
    })
    return arrivalAt(stand, address, request)
  } finally {
    progress.close()
  }
}

function arrivalAt(stand: Stand, address: string, request: DebugRequest): Arrival {
  const { command: name } = request
  const names = stand.commands.map(({ command }) => command.name)
  const chosen = chooseCommand(stand, name)
  if (chosen === undefined)
    throw names.length === 0 ? noContainer(stand.report, address, request) : noSuchCommand(address, names, name)
  const ran = chosen.execution === undefined ? undefined : cellOf(stand.report, address)
  return {
    ...chosen,
    others: names.filter((other) => other !== chosen.command.name),
    ...(ran === undefined ? {} : { ran }),
  }
}

function cellOf(report: Report, address: string): CellReport | undefined {
  return report.cells.find((cell) => addressOfReport(cell) === address)
}

/** Whoever is in the way is named: the cell that did not give what this one takes. */
function noContainer(report: Report, address: string, request: DebugRequest): QuillonError {
  const wrong = report.cells.find(({ outcome }) => outcome === "failed" || outcome === "errored")
  const cell = wrong ?? cellOf(report, address)
  const name = cell === undefined ? address : addressOfReport(cell)
  const inTheWay = name === address ? "" : `${name}: `
  return new QuillonError({
    code: "NO_CONTAINER",
    message: `${address} has no container: ${inTheWay}${cell === undefined ? "it did not run" : remarkOrNothing(cell)}`,
    next: cell?.next ?? (name === address ? "quillon ci shows what the stages do" : debugLine(request, name)),
    kind: wrong?.outcome === "errored" ? "environment" : "usage",
  })
}

function remarkOrNothing(cell: CellReport): string {
  return cell.outcome === "passed" ? "it runs no command in one" : remarkOn(cell)
}

function noSuchCommand(address: string, names: readonly string[], name = ""): QuillonError {
  return new QuillonError({
    code: "NO_SUCH_COMMAND",
    message: `${address} has no command "${name}"`,
    next: `name one of: ${names.join(", ")}`,
    kind: "usage",
  })
}
