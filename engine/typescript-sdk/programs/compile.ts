// compile.mjs, run in the module's folder: one plain JavaScript file out of its sources, the client library and the
// scanned types, .dagger-build/main.mjs, and the program that serves one call with it, .dagger-build/serve-call.mjs.
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { build, type Plugin } from "esbuild"
import { isEsModule } from "./is-es-module.js"
import { sourceFiles } from "./source-files.js"

const root = process.cwd()
const out = join(root, ".dagger-build")
const sources = sourceFiles(join(root, "src"))

const main = [
  `import { serve } from ${JSON.stringify(join(root, "sdk/core.js"))}`,
  'import types from "/types.json"',
  ...sources.map((file, index) => `import * as m${index} from ${JSON.stringify(file)}`),
  `import * as client from ${JSON.stringify(join(root, "sdk/client.gen.ts"))}`,
  `export const serveCall = () => serve([${[...sources.map((_, index) => `m${index}`), "client"].join(", ")}], types)`,
]

/** V8 keeps what it compiled, so that a call does not compile the module anew. */
const serveCall = `import { enableCompileCache } from "node:module"
enableCompileCache(${JSON.stringify(join(out, "compiled"))})
const { serveCall } = await import("./main.mjs")
if (process.argv[2] === "load") process.exit(0)
await serveCall()
`

/** Seconds within which a module's own top-level code has to end when it is loaded ahead of its first call. */
const PATIENCE = 20

const daggerLibrary: Plugin = {
  name: "dagger-library",
  setup(bundler) {
    bundler.onResolve({ filter: /^@dagger\.io\/dagger(\/telemetry)?$/ }, ({ path }) => ({
      path: join(root, "sdk", path.endsWith("/telemetry") ? "telemetry.ts" : "index.ts"),
    }))
    // Sources keep seeing their own path although they end up in one file.
    bundler.onLoad({ filter: /\.m?[jt]s$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8")
      if (!text.includes("import.meta.")) return undefined
      return {
        loader: path.endsWith("ts") ? "ts" : "js",
        contents: text
          .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
          .replaceAll("import.meta.filename", JSON.stringify(path))
          .replaceAll("import.meta.url", JSON.stringify(`file://${path}`)),
      }
    })
  },
}

/**
 * Packages that are ES modules end up in the file too, because to read their many files takes longer than what they do;
 * the others are loaded as they lie, because they may ask where that is.
 */
const packages: Plugin = {
  name: "packages",
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === packages) return undefined
      const found = await bundler.resolve(path, { ...from, pluginData: packages })
      if (found.errors.length > 0 || found.external || isEsModule(found.path)) return found
      return { path: found.path, external: true }
    })
  },
}

try {
  await build({
    stdin: { contents: main.join("\n"), resolveDir: root, sourcefile: "main.ts", loader: "ts" },
    outfile: join(out, "main.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    sourcemap: "linked",
    sourcesContent: false,
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
    plugins: [daggerLibrary, packages],
  })
  writeFileSync(join(out, "serve-call.mjs"), serveCall)
  // What goes wrong here goes wrong again, and is told, when the module is called.
  spawnSync(process.execPath, ["--no-deprecation", "--enable-source-maps", join(out, "serve-call.mjs"), "load"], {
    cwd: root,
    stdio: "ignore",
    timeout: PATIENCE * 1000,
  })
} catch {
  process.exitCode = 1 // esbuild has said why
}
