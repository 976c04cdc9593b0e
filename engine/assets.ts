import { existsSync } from "node:fs"
import { readdir, readFile } from "node:fs/promises"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { QuillonError } from "../src/errors.js"

/** Finds engine/ (Go module, guest scripts) from a source file or from the bundled CLI: the nearest folder above that has it. */
export function engineAssets(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); folder !== dirname(folder); folder = dirname(folder)) {
    const assets = join(folder, "engine")
    if (existsSync(join(assets, "go", "go.mod"))) return assets
  }
  throw new QuillonError({
    code: "ENGINE_ASSETS_MISSING",
    message: `engine/go/go.mod is not in any folder above ${fileURLToPath(from)}`,
    next: "npm install quillon",
    kind: "environment",
  })
}

/** Reads all files below a folder as `path\0content` strings in a stable order, to be hashed. */
export async function readTree(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  paths.sort()
  return Promise.all(paths.map(async (path) => `${relative(folder, path)}\0${await readFile(path, "utf8")}`))
}
