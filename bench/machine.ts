import { readFileSync } from "node:fs"
import { cpus, release, totalmem } from "node:os"

/** The machine in one line: processor, cores, memory, system, Node. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || "unknown processor"
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} cores (${model}), ${memory} GB of memory, ${distribution()}, kernel ${release()}, Node ${process.versions.node}`
}

function distribution(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform
  } catch {
    return process.platform
  }
}
