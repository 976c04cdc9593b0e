import { readdirSync } from "node:fs"
import { join } from "node:path"

/** All TypeScript sources below a folder, declarations left out, in a stable order. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.m?ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
