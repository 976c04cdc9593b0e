import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { type Report, reportSchema } from "../../src/pipeline/report.js"
import { isRunId } from "../run-id.js"
import { addressOfReport } from "./aftermath.js"

/** How long things took in the runs before this one. */
export interface UsualTimes {
  readonly kind: "usual-times"
  /** Median of seconds by address, of cells that ran to their end; what the cache gave says nothing. */
  readonly cells: ReadonlyMap<string, number>
}

/** Runs that are asked: enough for a median, and few to read. */
const RUNS = 5

/** Reads the last runs of a folder. What can't be read is left out. */
export async function readUsualTimes(runs: string): Promise<UsualTimes> {
  const ids = (await readdir(runs).catch(() => [])).filter(isRunId).sort().reverse()
  const reports: Report[] = []
  for (const id of ids) {
    if (reports.length === RUNS) break
    const report = await readReport(join(runs, id, "report.json"))
    if (report !== undefined) reports.push(report)
  }
  return usualTimes(reports)
}

/** Medians over reports. Pure. */
export function usualTimes(reports: readonly Pick<Report, "cells">[]): UsualTimes {
  const times = new Map<string, number[]>()
  for (const cell of reports.flatMap(({ cells }) => cells)) {
    if (cell.cached === true || (cell.outcome !== "passed" && cell.outcome !== "failed")) continue
    const address = addressOfReport(cell)
    times.set(address, [...(times.get(address) ?? []), cell.seconds])
  }
  return { kind: "usual-times", cells: new Map([...times].map(([address, seconds]) => [address, medianOf(seconds)])) }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const above = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? above : ((sorted[middle - 1] ?? above) + above) / 2
}

async function readReport(path: string): Promise<Report | undefined> {
  try {
    return reportSchema.parse(JSON.parse(await readFile(path, "utf8")))
  } catch {
    return undefined
  }
}
