import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { mountsBelow } from "../engine/remove-tree.js"

let folder: string | undefined

/** Gives everything that the tests of one run write for a while a folder of its own. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), "quillon-tests-"))
  process.env.TMPDIR = folder
}

/** Removes it, unless a file system of something that still lives is mounted there. */
export function teardown(): void {
  if (folder === undefined || mountsBelow(folder, readFileSync("/proc/self/mountinfo", "utf8")).length > 0) return
  rmSync(folder, { recursive: true, force: true })
}
