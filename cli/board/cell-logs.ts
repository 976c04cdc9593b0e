import { open, readdir } from "node:fs/promises"
import { join } from "node:path"
import type { Report } from "../../src/pipeline/report.js"
import { addressOfReport } from "./aftermath.js"
import type { CellLog } from "./log-section.js"

/** Bytes shown of one log's end: a job's page must stay one that a person can open. */
const SHOWN = 64 * 1024

/** Logs of the cells that went wrong, from the run's folder. What can't be read is left out. */
export async function readCellLogs(folder: string, report: Report): Promise<readonly CellLog[]> {
  const wrong = report.cells.filter(({ outcome }) => outcome === "failed" || outcome === "errored")
  const logs = await Promise.all(wrong.map((cell) => logsOf(join(folder, "logs"), addressOfReport(cell))))
  return logs.flat()
}

async function logsOf(folder: string, address: string): Promise<readonly CellLog[]> {
  const names = await readdir(join(folder, address)).catch(() => [])
  const logs = await Promise.all(
    names.sort().map(async (name) => ({
      title: `${address} ${name.replace(/\.log$/, "")}`,
      text: await readEnd(join(folder, address, name)).catch(() => ""),
    })),
  )
  return logs.filter(({ text }) => text.trim() !== "")
}

async function readEnd(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - SHOWN)
    const { buffer } = await file.read({ buffer: Buffer.alloc(size - from), position: from })
    const text = buffer.toString("utf8")
    return from === 0
      ? text
      : `… ${from} bytes before this are in the run's folder\n${text.slice(text.indexOf("\n") + 1)}`
  } finally {
    await file.close()
  }
}
