import { existsSync } from "node:fs"
import { rm } from "node:fs/promises"
import { QuillonError } from "../src/errors.js"
import { restoreForwarding } from "./forwarding.js"
import { takeLock } from "./lock.js"
import { engineProcesses } from "./processes.js"
import { removeTree } from "./remove-tree.js"
import type { Session } from "./session.js"
import { answers } from "./socket.js"
import { teardown } from "./teardown.js"

/** What `down` did. */
export interface DownResult {
  /** `nothing` when no engine ran and nothing of one was left. */
  readonly kind: "stopped" | "nothing"
  /** Bytes freed; only with `purge`. */
  readonly freed?: number
}

/** Stops the engine and removes what it has on the host; `purge` also deletes its cache (state, builds, images). */
export async function down(session: Session, options: { readonly purge: boolean }): Promise<DownResult> {
  const { paths, progress, run, signal } = session
  if (process.getuid?.() !== 0) {
    throw new QuillonError({
      code: "ENGINE_NEEDS_ROOT",
      message: `engine down needs root, and this is user ${process.getuid?.()}`,
      next: "sudo --preserve-env=XDG_CACHE_HOME ./quillon engine down",
      kind: "environment",
    })
  }
  const lock = await takeLock({
    instance: paths.instance,
    holder: { pid: process.pid, doing: "quillon engine down" },
    onWait: ({ pid, doing }) => progress.note(`waiting for ${doing} (process ${pid})`),
    signal,
  })
  try {
    const left = existsSync(paths.run) || engineProcesses(paths.netns).length > 0 || (await answers(paths.socket))
    await progress.task("stop", () => teardown(paths, run))
    await restoreForwarding(paths)
    await rm(paths.record, { force: true })
    await removeTree(paths.scratch, run)
    const kind = left ? "stopped" : "nothing"
    if (!options.purge) return { kind }
    return { kind, freed: await progress.task("delete the cache", () => purge(session)) }
  } finally {
    await lock.release()
  }
}

/** Deletes the cache; hard links count once, as they do on the disk. */
async function purge(session: Session): Promise<number> {
  const { cache } = session.paths
  const measured = await session.run(["du", "--summarize", "--one-file-system", "--block-size=1", cache], {
    onFailure: "result",
  })
  await removeTree(cache, session.run)
  return Number(/^\d+/.exec(measured.stdout)?.[0] ?? 0)
}
