// scan.mjs NAME SOURCES CLIENT OUT: the module's types, as JSON.

import { scan } from "dagger-internals:src/module/introspector/index.js"
import { writeFileSync } from "node:fs"
import { flatten } from "./flatten.js"
import { sourceFiles } from "./source-files.js"

const [name = "", folder = "", client = "", out = ""] = process.argv.slice(2)
try {
  const types = await scan([...sourceFiles(folder), client], name, false)
  writeFileSync(out, JSON.stringify(flatten(types)))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`)
  process.exitCode = 1
}
