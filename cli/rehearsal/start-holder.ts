import { spawn } from "node:child_process"
import { mkdir, open, readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { findHolder, type Holder } from "../../rehearsal/ask-holder.js"
import { QuillonError } from "../../src/errors.js"
import type { Io } from "../io.js"

/** How a holder is started. */
export interface StartOptions {
  readonly folder: string
  /** The program that this process runs, as arguments: `node`, `quillon.js`. */
  readonly program: readonly [string, ...string[]]
  readonly signal: AbortSignal
}

/** Milliseconds between two looks whether the holder is ready. */
const LOOK = 100

/**
 * Starts the holder as a process of its own and waits until it serves.
 *
 * @throws QuillonError REHEARSAL_NOT_UP with the last line of what it said, where it ended instead
 */
export async function startHolder(io: Io, { folder, program, signal }: StartOptions): Promise<Holder> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, "holder.log")
  const log = await open(path, "w", 0o600)
  const [command, ...args] = program
  const child = spawn(command, [...args, "rehearsal", "hold"], {
    cwd: io.cwd,
    env: io.env,
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  })
  await log.close()
  let ended = false
  child.once("exit", () => {
    ended = true
  })
  child.once("error", () => {
    ended = true
  })
  child.unref()
  try {
    for (;;) {
      signal.throwIfAborted()
      const holder = await findHolder(folder)
      if (holder !== undefined) return holder
      if (ended) throw await notUp(path)
      await pause(LOOK)
    }
  } catch (error) {
    if (signal.aborted && child.pid !== undefined && !ended) process.kill(child.pid, "SIGTERM")
    throw error
  }
}

async function notUp(path: string): Promise<QuillonError> {
  const said = (await readFile(path, "utf8")).trim().split("\n")
  return new QuillonError({
    code: "REHEARSAL_NOT_UP",
    message: `the rehearsal did not start: ${said[0] || "its process ended without a word"}`,
    next: `its log is ${path}`,
    kind: "environment",
  })
}
