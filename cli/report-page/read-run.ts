import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { QuillonError } from "../../src/errors.js"
import { coverageArtifact } from "../../src/findings/result-files.js"
import { type Report, reportSchema } from "../../src/pipeline/report.js"
import { readCellLogs } from "../board/cell-logs.js"
import { PROGRESS_FILE, reportOfProgress } from "../progress-log.js"
import { readLcov } from "./read-lcov.js"
import type { RunPage } from "./run-page.js"

/**
 * Reads what a run left. Of a run without a report, because it was killed or still goes, what it wrote down on its way.
 *
 * @throws QuillonError UNREADABLE_RUN
 */
export async function readRun(folder: string): Promise<RunPage> {
  const text = await readFile(join(folder, "report.json"), "utf8").catch(() => undefined)
  const progress =
    text === undefined ? await readFile(join(folder, PROGRESS_FILE), "utf8").catch(() => undefined) : undefined
  const report = text === undefined ? reportOfProgress(progress ?? "") : parse(text, folder)
  if (report === undefined) throw unreadable(folder, "it has no report.json, and nothing was written down on its way")
  return pageOf({ report, ended: text !== undefined, folder })
}

/** The page of a run whose report is at hand. */
export async function pageOf(run: {
  readonly report: Report
  readonly ended: boolean
  readonly folder: string
}): Promise<RunPage> {
  const { report, ended, folder } = run
  const trace = coverageArtifact(report)?.replace(/[^/]+$/, "lcov.info")
  const [lcov, logs] = await Promise.all([
    trace === undefined || trace.split("/").includes("..") ? "" : readFile(join(folder, trace), "utf8").catch(() => ""),
    readCellLogs(folder, report),
  ])
  return { report, ended, coverage: readLcov(lcov), logs }
}

function parse(text: string, folder: string): Report {
  try {
    return reportSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw unreadable(folder, "its report.json is not one that this version knows", cause)
  }
}

function unreadable(folder: string, why: string, cause?: unknown): QuillonError {
  return new QuillonError(
    { code: "UNREADABLE_RUN", message: `can't read the run in ${folder}: ${why}`, next: "quillon ci", kind: "usage" },
    { cause },
  )
}
