import { statSync } from "node:fs"
import type { EnginePaths } from "./paths.js"
import { engineProcesses } from "./processes.js"
import { readRecord } from "./record.js"
import { type ServedImage, servedImages } from "./registry.js"
import { answers } from "./socket.js"

/** What is to be known of an engine without asking it for long. */
export interface EngineStatus {
  /** `broken`: processes or a socket are there, and no answer. */
  readonly state: "running" | "stopped" | "broken"
  readonly socket: string
  readonly cache: string
  readonly version?: string
  readonly pid?: number
  /** RFC 3339. */
  readonly started?: string
  /** The folder with `dagger`; there whenever an `up` has finished and the engine runs. */
  readonly binaries?: string
  readonly registry: "running" | "stopped"
  readonly images: readonly ServedImage[]
}

/** Looks at an engine; takes milliseconds and changes nothing. */
export async function engineStatus(paths: EnginePaths): Promise<EngineStatus> {
  const record = await readRecord(paths.record)
  const processes = engineProcesses(paths.netns)
  const pid = processes.find((process) => process.first)?.pid
  const alive = await answers(paths.socket)
  const state = alive && record !== undefined ? "running" : pid !== undefined || alive ? "broken" : "stopped"
  return {
    state,
    socket: paths.socket,
    cache: paths.cache,
    ...(record === undefined ? {} : { version: record.version, binaries: record.binaries }),
    ...(pid === undefined ? {} : { pid, started: startOf(pid, record?.started) }),
    registry: processes.some(({ program }) => program === "docker-registry") ? "running" : "stopped",
    images: await servedImages(paths.registry),
  }
}

function startOf(pid: number, recorded: string | undefined): string {
  return recorded ?? statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.ctime.toISOString() ?? ""
}
