// compile.mjs, run in the module's folder: one plain JavaScript file out of its sources, the client library and the
// scanned types, which serves one call: .dagger-build/main.mjs.
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { build, type Plugin } from "esbuild"
import { sourceFiles } from "./source-files.js"

const root = process.cwd()
const sources = sourceFiles(join(root, "src"))

const main = [
  `import { serve } from ${JSON.stringify(join(root, "sdk/core.js"))}`,
  'import types from "/types.json"',
  ...sources.map((file, index) => `import * as m${index} from ${JSON.stringify(file)}`),
  `import * as client from ${JSON.stringify(join(root, "sdk/client.gen.ts"))}`,
  `await serve([${[...sources.map((_, index) => `m${index}`), "client"].join(", ")}], types)`,
]

const daggerLibrary: Plugin = {
  name: "dagger-library",
  setup(bundler) {
    bundler.onResolve({ filter: /^@dagger\.io\/dagger(\/telemetry)?$/ }, ({ path }) => ({
      path: join(root, "sdk", path.endsWith("/telemetry") ? "telemetry.ts" : "index.ts"),
    }))
    // Sources keep seeing their own path although they end up in one file.
    bundler.onLoad({ filter: /\.m?ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8")
      if (!text.includes("import.meta.")) return undefined
      return {
        loader: "ts",
        contents: text
          .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
          .replaceAll("import.meta.filename", JSON.stringify(path))
          .replaceAll("import.meta.url", JSON.stringify(`file://${path}`)),
      }
    })
  },
}

try {
  await build({
    stdin: { contents: main.join("\n"), resolveDir: root, sourcefile: "main.ts", loader: "ts" },
    outfile: join(root, ".dagger-build/main.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node24",
    packages: "external",
    sourcemap: "linked",
    sourcesContent: false,
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
    plugins: [daggerLibrary],
  })
} catch {
  process.exitCode = 1 // esbuild has said why
}
