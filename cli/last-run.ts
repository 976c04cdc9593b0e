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
  const path = join(project, ".quillon", "runs", "latest", "report.json")
  let report: Report
  try {
    report = reportSchema.parse(JSON.parse(await readFile(path, "utf8")))
  } catch (cause) {
    throw new QuillonError(
      {
        code: "NO_LAST_RUN",
        message: `--failed needs the report of an earlier run, and ${path} can't be read`,
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
