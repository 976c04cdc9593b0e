// Runs a TypeScript program of this repository: bundles it with esbuild into node_modules/.cache and starts it.
//   node scripts/run-ts.mjs bench/main.ts --quick
import { spawn } from "node:child_process"
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [program, ...args] = process.argv.slice(2)
if (program === undefined) {
  console.error("usage: node scripts/run-ts.mjs PROGRAM.ts [ARGUMENT…]")
  process.exit(64)
}

/** In the bundle, a module must still find the files beside its own source. */
const ownFolder = {
  name: "own-folder",
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("import.meta.dirname", JSON.stringify(dirname(path))),
      loader: "ts",
    }))
  },
}

const outfile = join(root, "node_modules/.cache/run-ts", `${basename(program, ".ts")}-${process.pid}.mjs`)
mkdirSync(dirname(outfile), { recursive: true })
await build({
  entryPoints: [resolve(program)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
  plugins: [ownFolder],
})
const child = spawn(process.execPath, ["--enable-source-maps", outfile, ...args], { stdio: "inherit" })
// The terminal sends these to the program too, which ends what it started; we wait for it.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {})
child.on("close", (code, signal) => {
  rmSync(outfile, { force: true })
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1)
})
