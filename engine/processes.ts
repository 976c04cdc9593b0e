import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs"

/** A process of an engine, seen from the host. */
export interface EngineProcess {
  readonly pid: number
  /** True for the engine's init: its end is the end of all others. */
  readonly first: boolean
  /** The kernel's name of the program, at most 15 characters. */
  readonly program: string
}

/**
 * Everything that lives in the network namespace mounted on a file. The namespace is what tells an engine's processes
 * from others, so nothing needs to have been written down by whoever started them.
 */
export function engineProcesses(netns: string): readonly EngineProcess[] {
  if (!existsSync(netns)) return []
  const name = `net:[${statSync(netns).ino}]`
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && quietly(() => readlinkSync(`/proc/${entry}/ns/net`)) === name)
    .map((entry) => ({
      pid: Number(entry),
      program: quietly(() => readFileSync(`/proc/${entry}/comm`, "utf8").trim()) ?? "",
      first: isFirst(quietly(() => readFileSync(`/proc/${entry}/status`, "utf8"))),
    }))
}

/** Whether a `/proc/<pid>/status` is that of process 1 of a pid namespace one below the host's. */
export function isFirst(status: string | undefined): boolean {
  const numbers = /^NSpid:\s+(.*)$/m.exec(status ?? "")?.[1]?.split(/\s+/) ?? []
  return numbers.length === 2 && numbers[1] === "1"
}

function quietly<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
