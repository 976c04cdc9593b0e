import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { QuillonError } from "../src/errors.js"
import { type Report, reportSchema } from "../src/pipeline/report.js"
import { addressOfReport } from "./board/aftermath.js"

/**
 * The addresses of the cells that did not pass in the last run of a project; no result is taken from it.
 *
 * @throws QuillonError NO_LAST_RUN where there is no report to read.
 */
export async function unpassedCells(project: string): Promise<readonly string[]> {
  let report: Report
  try {
    report = await readReport(project)
  } catch (cause) {
    throw new QuillonError(
      {
        code: "NO_LAST_RUN",
        message: `--failed needs the report of an earlier run, and ${reportPath(project)} can't be read`,
        next: "quillon ci",
        kind: "usage",
      },
      { cause },
    )
  }
  return report.cells
    .filter(
      ({ outcome, skip }) => outcome === "failed" || outcome === "errored" || skip === "input" || skip === "cancelled",
    )
    .map(addressOfReport)
}

/** The report of the last run of a project; undefined where there is none that can be read. */
export async function lastReport(project: string): Promise<Report | undefined> {
  return readReport(project).catch(() => undefined)
}

async function readReport(project: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(reportPath(project), "utf8")))
}

function reportPath(project: string): string {
  return join(project, ".quillon", "runs", "latest", "report.json")
}
