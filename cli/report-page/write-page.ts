import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Report } from "../../src/pipeline/report.js"
import { renderPage } from "./page.js"
import { pageOf } from "./read-run.js"

/** The name of the page in a run's folder. */
export const PAGE_FILE = "report.html"

/** Writes the page of a run that has ended. Gives back why it could not, which is no reason for a run to fail. */
export async function writePage(folder: string, report: Report): Promise<string | undefined> {
  try {
    await writeFile(join(folder, PAGE_FILE), renderPage(await pageOf({ report, ended: true, folder })))
    return undefined
  } catch (error) {
    return `${PAGE_FILE} can't be written: ${error instanceof Error ? error.message : String(error)}`
  }
}
