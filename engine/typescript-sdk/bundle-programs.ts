import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import type * as Esbuild from "esbuild"

/** What the bundling of the image's programs needs. */
export interface BundleRequest {
  /** engine/typescript-sdk. */
  readonly assets: string
  /** The `node_modules` that the image's lock file describes. */
  readonly modules: string
  /** Receives `scan.mjs`, `register.mjs`, `compile.mjs`, `install.mjs`, `develop.mjs` and `library/core.js`. */
  readonly out: string
}

/** Entry points that run on their own in the image. */
const PROGRAMS = ["scan", "register", "compile", "install", "develop"] as const

/** Only the scanner parses TypeScript; elsewhere the client library's reference to the compiler is left empty. */
const EMPTY = "export default {}"

/** A stand-in for the scanner's TypeScript side where nothing is scanned. */
const NO_SCANNER = [
  "export class AST {}",
  'export const CLIENT_GEN_FILE = "client.gen.ts"',
  "export const isTypeDefResolved = () => true",
  "export const resolveTypeDef = (_, def) => def",
].join("\n")

/** A stand-in for the part of the client library that downloads an engine's CLI: a module is always in a session. */
const NO_PROVISIONING = [
  "export async function withEngineSession() {",
  '  throw new Error("DAGGER_SESSION_PORT is not set: this runs only inside a Dagger session")',
  "}",
].join("\n")

/** A stand-in for @opentelemetry/sdk-node, which drags in every exporter there is. */
const LEAN_TELEMETRY = [
  'import { resourceFromAttributes } from "@opentelemetry/resources"',
  'import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node"',
  "export class NodeSDK {",
  "  constructor({ serviceName, spanProcessors }) {",
  '    const resource = resourceFromAttributes({ "service.name": serviceName })',
  "    this.provider = new NodeTracerProvider({ resource, spanProcessors })",
  "  }",
  "  start() { this.provider.register() }",
  "  shutdown() { return this.provider.shutdown() }",
  "}",
].join("\n")

/** Bundles the programs that run in the image, with the esbuild that the image carries too. */
export async function bundlePrograms(request: BundleRequest): Promise<void> {
  const { build } = createRequire(join(request.modules, "x.js"))("esbuild") as typeof Esbuild
  const programs = join(request.assets, "programs")
  await Promise.all([
    ...PROGRAMS.map((name) =>
      build({
        ...settings(request, name === "scan" ? [] : ["scanner"]),
        entryPoints: [join(programs, `${name}.ts`)],
        outfile: join(request.out, `${name}.mjs`),
      }),
    ),
    build({
      ...settings(request, ["scanner"]),
      entryPoints: [join(programs, "core.ts")],
      outfile: join(request.out, "library/core.js"),
    }),
  ])
}

function settings(request: BundleRequest, without: readonly string[]): Esbuild.BuildOptions {
  return {
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // jsonc-parser's other form loads its parts at run time.
    mainFields: ["module", "main"],
    logLevel: "silent",
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    legalComments: "none",
    external: ["esbuild", ...(without.includes("scanner") ? [] : ["typescript"])],
    nodePaths: [request.modules],
    plugins: [library(request.modules, without.includes("scanner"))],
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  }
}

function library(modules: string, withoutScanner: boolean): Esbuild.Plugin {
  const dist = join(modules, "@dagger.io/dagger/dist")
  const standIns: Record<string, string> = {
    "@opentelemetry/sdk-node": LEAN_TELEMETRY,
    provisioning: NO_PROVISIONING,
    ...(withoutScanner ? { typescript: EMPTY, scanner: NO_SCANNER } : {}),
  }
  const standIn = (path: string) => ({ path, namespace: "stand-in" })
  return {
    name: "dagger-library",
    setup(bundler) {
      bundler.onResolve({ filter: /^dagger-internals:/ }, ({ path }) => ({
        path: join(dist, path.split(":")[1] ?? ""),
      }))
      bundler.onResolve({ filter: /^@opentelemetry\/sdk-node$/ }, ({ path }) => standIn(path))
      bundler.onResolve({ filter: /provisioning\/index\.js$/ }, () => standIn("provisioning"))
      if (withoutScanner) {
        bundler.onResolve({ filter: /typescript_module\/index\.js$/ }, () => standIn("scanner"))
        bundler.onResolve({ filter: /^typescript$/ }, () => standIn("typescript"))
      } else {
        bundler.onLoad({ filter: /typescript_module\/ast\.js$/ }, async ({ path }) => ({
          contents: withoutDom(await readFile(path, "utf8")),
        }))
      }
      bundler.onLoad({ filter: /.*/, namespace: "stand-in" }, ({ path }) => ({
        contents: standIns[path] ?? EMPTY,
        resolveDir: modules,
      }))
    },
  }
}

/** Types of the DOM are half of the compiler's default library, and no module has any. @throws Error when the scanner changed */
function withoutDom(scanner: string): string {
  const lean = scanner.replace("experimentalDecorators: true,", '$& lib: ["lib.es2022.d.ts"], types: [],')
  if (lean === scanner) throw new Error("the scanner of @dagger.io/dagger has other compiler options than 0.21.7")
  return lean
}
