import { readdir, stat } from "node:fs/promises"
import { dirname, join, resolve } from "node:path"
import { QuillonError } from "../../src/errors.js"
import { cacheFolder } from "../cache-folder.js"
import type { Io } from "../io.js"
import { PROGRESS_FILE } from "../progress-log.js"
import { isRunId } from "../run-id.js"

/**
 * The folder of the run that a person means: the newest of the project here, one by its id, one by its folder or by its
 * report, or the newest of a project by its folder.
 *
 * @throws QuillonError NO_SUCH_RUN
 */
export async function findRun({ cwd, env }: Pick<Io, "cwd" | "env">, wanted: string | undefined): Promise<string> {
  const homes = [join(cwd, ".quillon", "runs"), join(cacheFolder(env), "runs")]
  if (wanted === undefined) {
    const newest = await firstOf(homes, newestOf)
    if (newest !== undefined) return newest
    throw noSuchRun(`no run was kept in ${homes[0]}`)
  }
  const named = [...homes.map((home) => join(home, wanted)), resolve(cwd, wanted)]
  const places = [...named, ...(wanted.endsWith(".json") ? [dirname(resolve(cwd, wanted))] : [])]
  const found = await firstOf(places, async (place) => ((await hasRun(place)) ? place : undefined))
  const inProject = found ?? (await newestOf(join(resolve(cwd, wanted), ".quillon", "runs")))
  if (inProject !== undefined) return inProject
  throw noSuchRun(`there is no run ${wanted}`)
}

async function firstOf(
  places: readonly string[],
  look: (place: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const place of places) {
    const found = await look(place)
    if (found !== undefined) return found
  }
  return undefined
}

/** A run's id sorts by time. */
async function newestOf(runs: string): Promise<string | undefined> {
  const ids = (await readdir(runs).catch(() => [])).filter(isRunId).sort().reverse()
  return firstOf(ids, async (id) => ((await hasRun(join(runs, id))) ? join(runs, id) : undefined))
}

async function hasRun(folder: string): Promise<boolean> {
  const looked = await Promise.all(
    ["report.json", PROGRESS_FILE].map((name) =>
      stat(join(folder, name)).then(
        (file) => file.isFile(),
        () => false,
      ),
    ),
  )
  return looked.includes(true)
}

function noSuchRun(message: string): QuillonError {
  return new QuillonError({
    code: "NO_SUCH_RUN",
    message,
    next: "quillon ci makes one; quillon report <folder> takes one from elsewhere",
    kind: "usage",
  })
}
