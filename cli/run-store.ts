import { mkdir, readdir, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { isBetweenStages } from "../src/pipeline/artifact.js"
import type { RunStore } from "../src/pipeline/world.js"

/** A store that writes below a run's folder while the next cells already run. */
export interface FolderStore extends RunStore {
  /** Waits for all that is being written; says which cells could not be kept, and why. */
  flush(): Promise<readonly string[]>
}

const RAW = ".raw"

/** Keeps what cells leave: `logs/<cell>/<command>.log` and `artifacts/<cell>/<kind>/`. */
export function createFolderStore(folder: string): FolderStore {
  const pending: Promise<string | undefined>[] = []
  return {
    async keep(address, steps) {
      if (steps.length === 0) return
      const raw = join(folder, RAW, address)
      // One export a step: to join the steps in one folder first would cost a query for each id besides.
      const kept = Promise.all(steps.map(({ command, output }) => output.export(join(raw, command))))
        .then(() => sortOut({ raw, folder, address }))
        .then(() => undefined)
        .catch((error: unknown) => `${address}: ${error instanceof Error ? error.message : String(error)}`)
      pending.push(kept)
      await kept
    },
    async flush() {
      const lost = (await Promise.all(pending)).filter((problem) => problem !== undefined)
      await rm(join(folder, RAW), { recursive: true, force: true })
      return lost
    },
  }
}

interface Exported {
  readonly raw: string
  readonly folder: string
  readonly address: string
}

/** Moves a cell's exported steps to where people look for them. */
async function sortOut({ raw, folder, address }: Exported): Promise<void> {
  const logs = join(folder, "logs", address)
  const artifacts = join(folder, "artifacts", address)
  await mkdir(logs, { recursive: true })
  for (const command of await readdir(raw)) {
    await move(join(raw, command, "stdout"), join(logs, `${command}.log`))
    if (await hasContent(join(raw, command, "stderr"))) {
      await move(join(raw, command, "stderr"), join(logs, `${command}.stderr.log`))
    }
    for (const kind of await readdir(join(raw, command, "kept")).catch(() => [])) {
      if (isBetweenStages(kind)) continue
      await rm(join(artifacts, kind), { recursive: true, force: true })
      await move(join(raw, command, "kept", kind), join(artifacts, kind))
    }
  }
  await rm(raw, { recursive: true, force: true })
}

async function move(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error
  })
}

async function hasContent(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  )
}
