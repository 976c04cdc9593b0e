import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { execa, type ResultPromise } from "execa"
import { type Report, reportSchema } from "../../src/pipeline/report.js"

const PROGRAM = join(import.meta.dirname, "../../quillon")

/** How the program is started for a test. */
export interface Invocation {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** What stands on standard input; nothing when absent. */
  readonly input?: string
}

/** Starts `./quillon` as a person would in the folder. Never rejects for an exit code. */
export function quillon(args: readonly string[], { cwd, env = {}, input }: Invocation) {
  const stdin = input === undefined ? { stdin: "ignore" as const } : { input }
  return execa(PROGRAM, args, { cwd, env, reject: false, all: true, ...stdin })
}

/** A started program. */
export type Running = ResultPromise<{ reject: false; all: true }>

/** The report of the folder's last run, held to its contract. */
export async function lastReport(cwd: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(cwd, ".quillon/runs/latest/report.json"), "utf8")))
}

/** Outcome of each cell by its address. */
export function outcomes(report: Report): Readonly<Record<string, string>> {
  return Object.fromEntries(
    report.cells.map(({ stage, cell, outcome }) => [cell === "" ? stage : `${stage}@${cell}`, outcome]),
  )
}

/** A cell of the report by its address. */
export function cellOf(report: Report, address: string): Report["cells"][number] {
  const cell = report.cells.find((c) => (c.cell === "" ? c.stage : `${c.stage}@${c.cell}`) === address)
  if (cell === undefined) throw new Error(`no cell ${address} in ${Object.keys(outcomes(report)).join(", ")}`)
  return cell
}
