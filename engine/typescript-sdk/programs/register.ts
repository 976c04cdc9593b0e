// register.mjs TYPES OUT: declares the types to the engine and writes the module's id.

import { connection } from "dagger-internals:src/connect.js"
import { Register } from "dagger-internals:src/module/entrypoint/register.js"
import { readFileSync, writeFileSync } from "node:fs"
import { revive } from "./flatten.js"

const [types = "", out = ""] = process.argv.slice(2)
await connection(async () => {
  const id = await new Register(revive(JSON.parse(readFileSync(types, "utf8"))) as object).run()
  writeFileSync(out, JSON.stringify(id))
})
// Telemetry may keep the process alive.
process.exit(0)
