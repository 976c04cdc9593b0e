import { type Snapshot, takeSnapshot } from "../../src/project/snapshot.js"
import { memoryFiles } from "./memory-files.js"

/** A snapshot of a project in memory; a list stands for empty files. */
export function snapshotOf(files: Readonly<Record<string, string>>, empty: readonly string[] = []): Promise<Snapshot> {
  return takeSnapshot(memoryFiles({ ...Object.fromEntries(empty.map((path) => [path, ""])), ...files }))
}
