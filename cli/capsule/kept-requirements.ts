import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { RequirementsText } from "../../src/capsule/compose-capsule.js"
import type { CellReport } from "../../src/pipeline/report.js"

const KEPT = /^artifacts\/([^/]+)\/(requirements|build-requirements)\/([^/]+\.txt)$/

/** The requirements files that cells left in a run's folder. One that could not be kept is not there. */
export async function readKeptRequirements(
  folder: string,
  cells: readonly Pick<CellReport, "artifacts">[],
): Promise<readonly RequirementsText[]> {
  const kept = cells.flatMap(({ artifacts }) => artifacts.flatMap(({ path }) => placeOf(path)))
  const read = await Promise.all(
    kept.map(async ({ path, ...place }) => {
      const text = await readFile(join(folder, path), "utf8").catch(() => undefined)
      return text === undefined ? [] : [{ ...place, text }]
    }),
  )
  return read.flat()
}

function placeOf(path: string) {
  const [, address, kind, file] = KEPT.exec(path) ?? []
  if (address === undefined || file === undefined) return []
  return [{ path, address, file, of: kind === "requirements" ? ("project" as const) : ("build" as const) }]
}
