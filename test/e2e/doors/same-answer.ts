import { readFile } from "node:fs/promises"
import { type Report, reportSchema } from "../../../src/pipeline/report.js"

/** Reads a report and holds it to its contract. */
export async function readReport(path: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(path, "utf8")))
}

/** What two runs of one commit have in common: all but ids, times, hosts, what was cached, and what has times in it. */
export function answerOf(report: Report): unknown {
  const { id: _id, started: _started, seconds: _seconds, engine, images, cells, ...rest } = report
  return {
    ...rest,
    engine: engine.version,
    images: images.map(({ digest: _digest, ...image }) => image),
    cells: cells
      .map(({ seconds: _, started: _began, cached: _cached, attempts: _attempts, measures, artifacts, ...cell }) => {
        const { slowest: _slowest, ...counts } = measures
        return { ...cell, measures: counts, artifacts: artifacts.map(timeless) }
      })
      .sort((a, b) => `${a.stage}@${a.cell}`.localeCompare(`${b.stage}@${b.cell}`)),
  }
}

/** The sha256 of sdist and wheel, by file name. */
export function packagesOf(report: Report): Readonly<Record<string, string>> {
  const artifacts = report.cells.flatMap((cell) => cell.artifacts)
  const files = artifacts.filter(({ path }) => /^artifacts\/build\/(?:sdist|wheel)\//.test(path))
  return Object.fromEntries(files.map(({ path, sha256 }) => [path.split("/").at(-1) ?? "", sha256]))
}

/**
 * coverage, the SBOM's writer and the list of tests put times into their files; of these the names are compared alone, less the process
 * that coverage puts into them where a project asks for a file each.
 */
function timeless(artifact: Report["cells"][number]["artifacts"][number]): unknown {
  const { path } = artifact
  if (/^artifacts\/(?:(?:coverage|sbom)\/|[^/]+\/test-results\/)/.test(path)) return path
  return /\/coverage-data\/.*\.pid\d+\./.test(path) ? path.replace(/\.pid\d+\..*$/, "") : artifact
}
