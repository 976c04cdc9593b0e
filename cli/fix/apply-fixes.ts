import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { type PendingFix, readOwn } from "./pending-fix.js"

/**
 * Writes fixes into the project's files, in place, so that modes, owners and links stay; gives back the paths of files
 * that were edited since the fix was shown, which are left as they are.
 */
export async function applyFixes(project: string, fixes: readonly PendingFix[]): Promise<readonly string[]> {
  const left: string[] = []
  for (const { path, before, after } of fixes) {
    const now = await readOwn(project, path)
    if (now?.equals(before)) await writeFile(join(project, ...path.split("/")), after)
    else left.push(path)
  }
  return left
}
