import { copyFile, writeFile } from "node:fs/promises"
import { isAbsolute, join, relative } from "node:path"
import { COVERAGE_FILE, coverageArtifact, renderResultFiles } from "../src/findings/result-files.js"
import type { Report } from "../src/pipeline/report.js"
import { pointLatest, pruneRuns, type RunFolder } from "./run-folder.js"

/** Writes what people and programs read of a run, and makes it the latest. */
export async function writeResults(folder: RunFolder, report: Report, keep: number): Promise<void> {
  await Promise.all([
    ...Object.entries(renderResultFiles(report)).map(([name, text]) => writeFile(join(folder.path, name), text)),
    copyCoverage(folder, report),
  ])
  await pointLatest(folder)
  await pruneRuns(folder, keep)
}

/** CI systems want the coverage at one path, whatever stage and kind it comes from. */
async function copyCoverage({ path }: RunFolder, report: Report): Promise<void> {
  const from = coverageArtifact(report)
  // An interrupted run may not have kept what its report names.
  if (from !== undefined) await copyFile(join(path, from), join(path, COVERAGE_FILE)).catch(ignoreMissing)
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error
}

/** A path as a person in a folder would type it. */
export function typedPath(path: string, cwd: string): string {
  const short = relative(cwd, path)
  return short === "" ? "." : short.startsWith("..") || isAbsolute(short) ? path : short
}
