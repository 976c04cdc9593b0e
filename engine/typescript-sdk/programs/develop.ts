// develop.mjs, run in the module's folder, which holds its manifests: what `dagger develop` and `dagger init` write
// beside the sources, into /written.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { lockAgrees } from "./lock-agrees.js"
import { DEFAULT_TSCONFIG, meet, PACKAGE_DEMANDS, readJson, TSCONFIG_DEMANDS, withoutComments } from "./manifest.js"
import { choosePackageManager } from "./package-manager.js"
import { runManager } from "./run-manager.js"
import { firstSource } from "./template.js"

const WRITTEN = "/written"
mkdirSync(WRITTEN, { recursive: true })

const text = existsSync("package.json") ? readFileSync("package.json", "utf8") : "{}\n"
const wish = readJson(text, "package.json").packageManager as string | undefined
const manager = choosePackageManager(wish, readdirSync("."))
const manifest = meet(withoutComments(text), PACKAGE_DEMANDS)
writeFileSync("package.json", manifest)
writeFileSync(join(WRITTEN, "package.json"), manifest)

const tsconfig = existsSync("tsconfig.json") ? readFileSync("tsconfig.json", "utf8") : DEFAULT_TSCONFIG
writeFileSync(join(WRITTEN, "tsconfig.json"), meet(tsconfig, TSCONFIG_DEMANDS))

if (!isLocked()) runManager(manager.program, manager.relock)
if (existsSync(manager.lock)) copyFileSync(manager.lock, join(WRITTEN, manager.lock))

if (process.env.DAGGER_MODULE_SOURCES === "0") {
  mkdirSync(join(WRITTEN, "src"), { recursive: true })
  writeFileSync(join(WRITTEN, "src/index.ts"), firstSource(process.env.DAGGER_MODULE_NAME ?? "module"))
}

function isLocked(): boolean {
  if (manager.name !== "npm" || !existsSync(manager.lock)) return false
  const lock = readJson(readFileSync(manager.lock, "utf8"), manager.lock)
  return lockAgrees(readJson(manifest, "package.json"), lock)
}
