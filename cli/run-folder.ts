import { access, constants, cp, mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { isRunId } from "./run-id.js"

/** Where one run keeps what it leaves. */
export interface RunFolder {
  readonly id: string
  /** Absolute path of `…/runs/<id>`. */
  readonly path: string
  /** Why it is not in the project, where it is not. */
  readonly elsewhere?: string
}

/** Where runs can go. */
export interface RunPlaces {
  readonly project: string
  /** The folder for caches of this person, where a project can't be written to. */
  readonly cache: string
  readonly id: string
}

/** Makes the run's folder below `.quillon/runs`, or in the cache where the project is read-only. */
export async function createRunFolder({ project, cache, id }: RunPlaces): Promise<RunFolder> {
  try {
    const home = join(project, ".quillon")
    // Step by step: where a file system answers ENOENT to everything, Node's recursive mkdir never ends.
    for (const folder of [home, join(home, "runs"), join(home, "runs", id)]) {
      await mkdir(folder).catch(ignoreExisting)
    }
    await writeFile(join(home, ".gitignore"), "*\n", { flag: "wx" }).catch(ignoreExisting)
    return { id, path: join(home, "runs", id) }
  } catch (error) {
    if (!(await isUnwritable(project, error))) throw error
    const path = join(cache, "runs", id)
    await mkdir(path, { recursive: true })
    return { id, path, elsewhere: `${project} can't be written to; this run is kept in ${path}` }
  }
}

/** Addresses of the cells that left logs in a run. */
export async function loggedCells(run: Pick<RunFolder, "path">): Promise<readonly string[]> {
  return readdir(join(run.path, "logs")).catch(() => [])
}

/** Makes `latest` a link to a run, in one step for whoever looks at the same time; a copy where no link can be made. */
export async function pointLatest(run: RunFolder, link: typeof symlink = symlink): Promise<void> {
  const runs = join(run.path, "..")
  const draft = join(runs, `.latest-${run.id}`)
  const latest = join(runs, "latest")
  try {
    await link(run.id, draft)
  } catch {
    await cp(run.path, draft, { recursive: true })
  }
  await rename(draft, latest).catch(async () => {
    // A folder can't be replaced in one step.
    await rm(latest, { recursive: true, force: true })
    await rename(draft, latest)
  })
}

/** Removes all but the newest runs. A run that another process holds open only loses its name. */
export async function pruneRuns(run: RunFolder, keep: number): Promise<readonly string[]> {
  const runs = join(run.path, "..")
  const ids = (await readdir(runs)).filter(isRunId).sort()
  const old = ids.slice(0, Math.max(0, ids.length - Math.max(1, keep))).filter((id) => id !== run.id)
  await Promise.all(old.map((id) => rm(join(runs, id), { recursive: true, force: true })))
  return old
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error
}

async function isUnwritable(folder: string, error: unknown): Promise<boolean> {
  const { code } = error as NodeJS.ErrnoException
  if (code === "EROFS" || code === "EACCES" || code === "EPERM") return true
  return access(folder, constants.W_OK).then(
    () => false,
    () => true,
  )
}
