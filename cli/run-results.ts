import { copyFile, readFile, writeFile } from "node:fs/promises"
import { isAbsolute, join, relative } from "node:path"
import { listsOfTests } from "../src/findings/listed-tests.js"
import { COVERAGE_FILE, coverageArtifact, renderResultFiles } from "../src/findings/result-files.js"
import type { Report } from "../src/pipeline/report.js"
import { pointLatest, pruneRuns, type RunFolder } from "./run-folder.js"

/** Writes what people and programs read of a run, and makes it the latest. */
export async function writeResults(folder: RunFolder, report: Report, keep: number): Promise<void> {
  const lists = await readLists(folder, report)
  await Promise.all([
    ...Object.entries(renderResultFiles(report, lists)).map(([name, text]) => writeFile(join(folder.path, name), text)),
    copyCoverage(folder, report),
  ])
  await pointLatest(folder)
  await pruneRuns(folder, keep)
}

/** The tests of each cell, for the result files; an interrupted run may not have kept what its report names. */
async function readLists({ path }: RunFolder, report: Report): Promise<Readonly<Record<string, string>>> {
  const read = Object.entries(listsOfTests(report)).map(async ([address, list]) => {
    return [address, (await readFile(join(path, list), "utf8").catch(ignoreMissing)) ?? ""] as const
  })
  return Object.fromEntries(await Promise.all(read))
}

/** CI systems want the coverage at one path, whatever stage and kind it comes from. */
async function copyCoverage({ path }: RunFolder, report: Report): Promise<void> {
  const from = coverageArtifact(report)
  // An interrupted run may not have kept what its report names.
  if (from !== undefined) await copyFile(join(path, from), join(path, COVERAGE_FILE)).catch(ignoreMissing)
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error
  return undefined
}

/** A path as a person in a folder would type it. */
export function typedPath(path: string, cwd: string): string {
  const short = relative(cwd, path)
  return short === "" ? "." : short.startsWith("..") || isAbsolute(short) ? path : short
}
