import { readFile } from "node:fs/promises"
import type { Run } from "./process.js"

/**
 * Deletes a folder that root file systems were made in. Whatever a killed program left mounted below it is unmounted
 * first, and other file systems are never entered: a /dev or /proc seen through it must not be deleted with it.
 */
export async function removeTree(folder: string, run: Run): Promise<void> {
  for (const path of mountsBelow(folder, await readFile("/proc/self/mountinfo", "utf8"))) {
    await run(["umount", "--lazy", path], { onFailure: "result" })
  }
  await run(["rm", "--recursive", "--force", "--one-file-system", "--", folder])
}

/** The mount points at or below a folder, the innermost first, from `/proc/self/mountinfo` (proc(5)). */
export function mountsBelow(folder: string, mountinfo: string): readonly string[] {
  return mountinfo
    .split("\n")
    .map((line) => decodeOctal(line.split(" ")[4] ?? ""))
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .reverse()
}

/** The kernel writes space, tab, newline and backslash as three octal digits. */
function decodeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}
