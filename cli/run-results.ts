import { writeFile } from "node:fs/promises"
import { isAbsolute, join, relative } from "node:path"
import { renderJunit } from "../src/findings/junit.js"
import { renderSummary } from "../src/findings/summary.js"
import type { Report } from "../src/pipeline/report.js"
import { pointLatest, pruneRuns, type RunFolder } from "./run-folder.js"

/** Writes what people and programs read of a run, and makes it the latest. */
export async function writeResults(folder: RunFolder, report: Report, keep: number): Promise<void> {
  await Promise.all([
    writeFile(join(folder.path, "report.json"), `${JSON.stringify(report, null, 2)}\n`),
    writeFile(join(folder.path, "junit.xml"), renderJunit(report)),
    writeFile(join(folder.path, "summary.md"), renderSummary(report)),
  ])
  await pointLatest(folder)
  await pruneRuns(folder, keep)
}

/** A path as a person in a folder would type it. */
export function typedPath(path: string, cwd: string): string {
  const short = relative(cwd, path)
  return short === "" ? "." : short.startsWith("..") || isAbsolute(short) ? path : short
}
