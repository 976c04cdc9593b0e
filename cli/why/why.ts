import { resolve } from "node:path"
import { changesBetween } from "../../src/capsule/changes.js"
import { type Explanation, explain, renderExplanation } from "../../src/capsule/explain.js"
import type { Inputs } from "../../src/capsule/inputs.js"
import { QuillonError } from "../../src/errors.js"
import { pythonStages } from "../../src/stages/python-stages.js"
import type { Io } from "../io.js"
import { neutraliseLine } from "../neutralise.js"
import { noRunRecorded, readInputs } from "./read-inputs.js"

/** What somebody wants to know. */
export interface WhyRequest {
  /** A stage or a cell. */
  readonly name: string
  readonly path: string
  readonly format: "text" | "json"
}

/**
 * Says why the cells of a stage ran, or came from the cache, in the last run that had them. Asks no engine.
 *
 * @throws QuillonError NO_RUN_RECORDED, UNKNOWN_CELL
 */
export async function why(io: Io, { name, path, format }: WhyRequest): Promise<void> {
  const folder = resolve(io.cwd, path)
  const runs: Inputs[] = []
  const left = readInputs(folder, io.env)
  const next = async () => {
    const { value } = await left.next()
    if (value !== undefined) runs.push(value)
    return value
  }
  const matching = (run: Inputs) =>
    Object.keys(run.cells).filter((each) => each === name || each.startsWith(`${name}@`))

  let last = await next()
  const newest = last
  while (last !== undefined && matching(last).length === 0) last = await next()
  if (newest === undefined) throw noRunRecorded(folder, name)
  if (last === undefined) throw unknownCell(name, newest)
  const latest = last

  /** The run before the latest in which a cell was executed; runs are read only as far back as that. */
  const before = async (address: string): Promise<Inputs | undefined> => {
    for (let at = runs.indexOf(latest) + 1; ; at += 1) {
      const run = runs[at] ?? (await next())
      if (run === undefined || isExecuted(run, address)) return run
    }
  }
  const explanations: Explanation[] = []
  for (const address of matching(latest)) explanations.push(explainCell(address, latest, await before(address)))
  io.stdout.write(
    format === "json"
      ? `${JSON.stringify({ schema: 1, cells: explanations }, null, 2)}\n`
      : `${explanations.flatMap(renderExplanation).map(shownLine).join("\n")}\n`,
  )
}

/** Names of files and settings are anybody's; the indent is ours. */
function shownLine(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ""}${neutraliseLine(line)}`
}

function explainCell(address: string, after: Inputs, before: Inputs | undefined): Explanation {
  const now = after.cells[address]
  if (now === undefined) throw new RangeError(`the run has no cell "${address}"`)
  return explain({
    cell: address,
    run: after.id,
    now,
    ...(before === undefined
      ? {}
      : { before: { run: before.id, changes: changesBetween({ address, before, after, ...takenBy(address) }) } }),
    files: before === undefined || (before.files !== null && after.files !== null),
  })
}

/** A stage of somebody's own is not known here: it may take all that it waits for. */
function takenBy(address: string): { readonly takes?: readonly string[] } {
  const stage = pythonStages.find(({ name }) => name === address.split("@")[0])
  return stage === undefined ? {} : { takes: (stage.takes ?? []).map(({ kind }) => kind) }
}

function isExecuted({ cells }: Inputs, address: string): boolean {
  const cell = cells[address]
  return cell !== undefined && cell.outcome !== "skipped"
}

function unknownCell(name: string, { cells }: Inputs): QuillonError {
  return new QuillonError({
    code: "UNKNOWN_CELL",
    message: `no recorded run has a stage or cell "${name}"`,
    next: `name one of: ${Object.keys(cells).join(", ")}`,
    kind: "usage",
  })
}
