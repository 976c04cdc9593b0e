// install.mjs, run in the module's folder, which holds its manifests: installs what the module runs with, and writes
// the tsconfig.json that esbuild reads.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { DEFAULT_TSCONFIG, LIBRARY, meet, readJson, TSCONFIG_DEMANDS, withoutComments } from "./manifest.js"
import { choosePackageManager } from "./package-manager.js"
import { runManager } from "./run-manager.js"

const text = existsSync("package.json") ? readFileSync("package.json", "utf8") : '{ "type": "module" }\n'
const manifest = readJson(text, "package.json")
const dependencies = Object.keys((manifest.dependencies as object | undefined) ?? {})
// The sources are compiled by the image's own esbuild and the library is generated.
const needless = [LIBRARY, "typescript"]

const lean = [
  { path: ["type"], value: "module" },
  ...["dependencies", "devDependencies"].flatMap((kind) =>
    needless.map((name) => ({ path: [kind, name], value: undefined })),
  ),
]
writeFileSync("package.json", meet(withoutComments(text), lean))

const tsconfig = existsSync("tsconfig.json") ? readFileSync("tsconfig.json", "utf8") : DEFAULT_TSCONFIG
writeFileSync("tsconfig.json", meet(tsconfig, TSCONFIG_DEMANDS))

if (dependencies.some((name) => !needless.includes(name))) {
  const manager = choosePackageManager(manifest.packageManager as string | undefined, readdirSync("."))
  runManager(manager.program, manager.install)
}
