import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs"
import { dirname } from "node:path"

/** The full record of one command, on disk line by line, so that a killed run has it too. */
export interface LogFile {
  readonly path: string
  readonly write: (line: string) => void
  readonly close: () => void
}

/** Opens a log and keeps the one before it as `<path>.1`. */
export function openLog(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true })
  if (existsSync(path)) renameSync(path, `${path}.1`)
  const file = openSync(path, "a", 0o600)
  return {
    path,
    write: (line) => writeSync(file, `${new Date().toISOString()} ${line}\n`),
    close: () => closeSync(file),
  }
}
