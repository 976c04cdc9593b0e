import { access, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { createProgressLog, PROGRESS_FILE, reportOfProgress } from "../../cli/progress-log.js"
import type { RunEvent } from "../../src/pipeline/event.js"
import { cellReport } from "./reports.js"

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "quillon-progress-"))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const planned = (stage: string, after: string[] = []) => ({ address: stage, stage, cell: "", title: stage, after })
const EVENTS: readonly RunEvent[] = [
  {
    kind: "run-started",
    id: "20261124-053012-ab12",
    at: 1000,
    project: { name: "parcels" },
    cells: [planned("lint"), planned("build"), planned("image", ["build"])],
  },
  { kind: "cell-started", address: "lint", at: 1100, attempt: 1 },
  { kind: "cell-started", address: "build", at: 2000, attempt: 1 },
  { kind: "cell-finished", address: "lint", at: 5000, report: cellReport() },
]
const HEAD = { engine: { version: "v1", host: "unix:///e.sock" }, commit: null, dirty: null, path: "." }

async function logged(events: readonly RunEvent[]): Promise<string> {
  const log = createProgressLog(folder)
  log.begin(HEAD)
  const listener = log.before(() => {})
  for (const event of events) listener(event)
  return readFile(join(folder, PROGRESS_FILE), "utf8")
}

test("of a run that was killed the report says what had ended, what ran and what had not begun", async () => {
  const report = reportOfProgress(await logged(EVENTS))
  expect(report).toMatchObject({ id: "20261124-053012-ab12", outcome: "errored", seconds: 4, engine: HEAD.engine })
  expect(report?.cells.map(({ stage, outcome, seconds }) => [stage, outcome, seconds])).toEqual([
    ["lint", "passed", 1],
    ["build", "errored", 3],
    ["image", "skipped", 0],
  ])
  expect(report?.cells[1]?.reason).toBe("build still ran when the run ended")
})

test("a line that was cut off is left out", async () => {
  const report = reportOfProgress(`${await logged(EVENTS)}{"kind":"cell-fin`)
  expect(report?.cells).toHaveLength(3)
})

test.each(["", "{}", "[1]\nnull\n"])("nothing is made of %j", (text) => {
  expect(reportOfProgress(text)).toBeUndefined()
})

test("listeners hear of what was written", async () => {
  const heard: string[] = []
  const listener = createProgressLog(folder).before(({ kind }) => heard.push(kind))
  for (const event of EVENTS) listener(event)
  expect(heard).toEqual(EVENTS.map(({ kind }) => kind))
})

test("the log goes when the report says it", async () => {
  const log = createProgressLog(folder)
  log.begin(HEAD)
  await log.drop()
  await expect(access(join(folder, PROGRESS_FILE))).rejects.toThrow()
})

test("a folder that takes no file costs the log alone", () => {
  expect(() => createProgressLog(join(folder, "gone")).begin(HEAD)).not.toThrow()
})
