import { readFile, rename, writeFile } from "node:fs/promises"

/** What the last `up` started; written when it has finished, so it never tells of half an engine. */
export interface EngineRecord {
  /** The engine's release, e.g. `v0.21.7`. */
  readonly version: string
  /** Changes with anything that the running engine is made of. */
  readonly key: string
  readonly binaries: string
  readonly rootfs: string
  /** RFC 3339. */
  readonly started: string
}

/** Reads the record; undefined when no `up` has finished. */
export async function readRecord(path: string): Promise<EngineRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as EngineRecord
  } catch {
    return undefined
  }
}

/** Replaces the record in one step. */
export async function writeRecord(path: string, record: EngineRecord): Promise<void> {
  await writeFile(`${path}.half`, `${JSON.stringify(record, null, 2)}\n`)
  await rename(`${path}.half`, path)
}
