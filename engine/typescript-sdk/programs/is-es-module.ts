import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

/**
 * Whether a file is a part of a program of ES modules: what Node.js would load as CommonJS is not
 * (https://nodejs.org/api/packages.html#determining-module-system), and addons are not.
 */
export function isEsModule(file: string): boolean {
  if (/\.(cjs|cts|node)$/.test(file)) return false
  return file.endsWith(".js") ? typeAbove(file) === "module" : true
}

function typeAbove(file: string): unknown {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, "package.json")
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).type
  }
  return undefined
}
