import { appendFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"
import { addressOf } from "../src/pipeline/cell.js"
import type { Listener } from "../src/pipeline/event.js"
import { type CellReport, type Report, reportSchema } from "../src/pipeline/report.js"

/** Where a run writes down what happens, until its report does: a run that is killed leaves it behind. */
export const PROGRESS_FILE = "progress.jsonl"

/** What a report says of a run that its events do not. */
export type RunHead = Pick<Report, "engine" | "commit" | "dirty"> & { readonly path: string }

/** Writes events down as they come. */
export interface ProgressLog {
  /** What is known before the first event. */
  begin(head: RunHead): void
  /** A listener that writes each event down before another one hears it. */
  before(next: Listener): Listener
  /** Takes the file away once the report says all of it. */
  drop(): Promise<void>
}

/** Begins a log in a run's folder. A disk that takes no more costs the log, never the run. */
export function createProgressLog(folder: string): ProgressLog {
  const file = join(folder, PROGRESS_FILE)
  // At once, so that what was told is there whatever ends the process next.
  const write = (value: unknown) => {
    try {
      appendFileSync(file, `${JSON.stringify(value)}\n`)
    } catch {
      // The report will say it.
    }
  }
  return {
    begin: ({ engine, commit, dirty, path }) => write({ kind: "head", head: { engine, commit, dirty, path } }),
    before: (next) => (event) => {
      if (event.kind !== "run-finished") write(event)
      next(event)
    },
    drop: () => rm(file, { force: true }),
  }
}

/** The report as far as a log has it; undefined where nothing had begun. A line that was cut off is left out. Pure. */
export function reportOfProgress(text: string): Report | undefined {
  const lines = text.split("\n").flatMap(parse)
  const head = lines.find((line) => line.kind === "head")?.head
  const events = lines.flatMap((line) => (line.kind === "head" ? [] : [line]))
  const begun = events.find((event) => event.kind === "run-started")
  if (head === undefined || begun === undefined) return undefined
  const last = events.at(-1)?.at ?? begun.at
  const cells = begun.cells.map((planned): CellReport => {
    const own = events.filter((event) => "address" in event && event.address === planned.address)
    const finished = own.find((event) => event.kind === "cell-finished")
    if (finished !== undefined) return finished.report
    const { stage, cell, title, after } = planned
    const blank = { stage, cell, title, after, cached: null, tools: [], measures: {}, findings: [] }
    const start = own.find((event) => event.kind === "cell-started")
    return {
      ...blank,
      artifacts: [],
      attempts: own.filter((event) => event.kind === "cell-started").length,
      seconds: start === undefined ? 0 : (last - start.at) / 1000,
      ...(start === undefined
        ? { outcome: "skipped", skip: "cancelled", reason: "had not begun when the run ended" }
        : {
            outcome: "errored",
            reason: `${addressOf(stage, { key: cell })} still ran when the run ended`,
            started: new Date(start.at).toISOString(),
          }),
    }
  })
  const { path, ...facts } = head
  return {
    schema: 1,
    id: begun.id,
    started: new Date(begun.at).toISOString(),
    project: { ...begun.project, path },
    ...facts,
    images: [],
    outcome: cells.some(({ outcome }) => outcome === "failed") ? "failed" : "errored",
    seconds: (last - begun.at) / 1000,
    cells,
  }
}

const at = z.number()
const address = z.string()

const line = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("head"),
    head: reportSchema.pick({ engine: true, commit: true, dirty: true }).extend({ path: z.string() }),
  }),
  z.object({
    kind: z.literal("run-started"),
    id: z.string(),
    at,
    project: z.object({ name: z.string(), version: z.string().optional() }),
    cells: z.array(
      z.object({ address, stage: z.string(), cell: z.string(), title: z.string(), after: z.array(z.string()) }),
    ),
  }),
  z.object({ kind: z.literal("cell-started"), address, at }),
  z.object({ kind: z.literal("cell-retried"), address, at }),
  z.object({ kind: z.literal("cell-finished"), address, at, report: reportSchema.shape.cells.element }),
])

function parse(text: string): readonly z.infer<typeof line>[] {
  try {
    const { data } = line.safeParse(JSON.parse(text))
    return data === undefined ? [] : [data]
  } catch {
    return []
  }
}
