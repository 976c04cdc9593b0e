// Builds the package: dist/quillon.js (the CLI, one file) and dist/src (the library with its types).
//   node scripts/build.mjs [--cli]     --cli leaves the library out: what ./quillon needs

import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { build } from "esbuild"
import { wrapProgram } from "./bundle/shell.mjs"

const root = join(import.meta.dirname, "..")
const require = createRequire(import.meta.url)
const sdk = dirname(require.resolve("@dagger.io/dagger"))
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
const standIns = join(root, "scripts/bundle")

const daggerSdk = {
  name: "dagger-sdk",
  setup(bundler) {
    bundler.onResolve({ filter: /^@dagger\.io\/dagger$/ }, () => ({ path: join(standIns, "dagger-sdk.mjs") }))
    bundler.onResolve({ filter: /^dagger-sdk:/ }, ({ path }) => ({ path: join(sdk, path.slice("dagger-sdk:".length)) }))
    bundler.onResolve({ filter: /^graphql-request$/ }, () => ({ path: join(standIns, "graphql-request.mjs") }))
  },
}

/** zod carries its messages in fifty languages; ours are English. */
const englishOnly = {
  name: "english-only",
  setup(bundler) {
    bundler.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js"',
    }))
  },
}

async function bundleCli() {
  const target = join(root, "dist/quillon.js")
  const draft = `${target}.${process.pid}`
  const result = await build({
    entryPoints: [join(root, "cli/main.ts")],
    outfile: draft,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.19",
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
    metafile: process.argv.includes("--analyze"),
    loader: { ".py": "text" },
    plugins: [daggerSdk, englishOnly],
    define: { "import.meta.url": "bundleUrl" },
    write: false,
  })
  const program = result.outputFiles[0].text
  writeFileSync(draft, wrapProgram(program, packageJson.version), { mode: 0o755 })
  // Renamed when whole, so that a second process never reads half a file.
  renameSync(draft, target)
  return result
}

function compileLibrary() {
  rmSync(join(root, "dist/src"), { recursive: true, force: true })
  const tsc = join(dirname(require.resolve("typescript/package.json")), "bin/tsc")
  const { status } = spawnSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { stdio: "inherit" })
  if (status !== 0) process.exit(status ?? 1)
}

mkdirSync(join(root, "dist"), { recursive: true })
const { metafile } = await bundleCli()
if (metafile) console.log(await (await import("esbuild")).analyzeMetafile(metafile))
if (!process.argv.includes("--cli")) compileLibrary()
