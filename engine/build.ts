import { existsSync } from "node:fs"
import { mkdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { readTree } from "./assets.js"
import {
  BUILD_ENVIRONMENT,
  buildArguments,
  COMMANDS,
  type Command,
  countPackage,
  describeBuild,
  listArguments,
} from "./go-build.js"
import type { Run } from "./process.js"
import { contentKey } from "./recipe.js"

/** Where and how Go compiles. */
export interface CompileContext {
  /** The Go module: go.mod, go.sum, stand-ins. */
  readonly module: string
  readonly run: Run
  readonly say: (text: string) => void
  readonly now: () => number
}

/** What the compile of engine and CLI needs. */
export interface BuildContext extends CompileContext {
  readonly builds: string
  readonly scratch: string
  readonly architecture: string
}

/** The key under which binaries lie in the cache: module, stand-ins, flags and architecture. */
export async function buildKey(module: string, architecture: string): Promise<string> {
  const flags = Object.entries(BUILD_ENVIRONMENT).map(([name, value]) => `${name}=${value}`)
  return contentKey([...(await readTree(module)), ...buildArguments("bin"), ...flags, architecture])
}

/** Compiles engine, CLI and companions unless the cache has them, and gives their folder; a killed build leaves only scratch. */
export async function buildBinaries(key: string, context: BuildContext): Promise<string> {
  const finished = join(context.builds, key)
  if (hasBinaries(finished)) return finished
  const scratch = join(context.scratch, `build-${key}`)
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true })
  await compile({ commands: COMMANDS, output: `${scratch}/` }, context)
  await mkdir(context.builds, { recursive: true })
  await rm(finished, { recursive: true, force: true })
  await rename(scratch, finished)
  return finished
}

/** Compiles programs of the engine into a folder (a path with a slash at its end), or one into a file. */
export async function compile(
  wanted: {
    readonly commands: readonly Command[]
    readonly output: string
    readonly env?: Readonly<Record<string, string>>
  },
  context: CompileContext,
): Promise<void> {
  const options = { cwd: context.module, env: { ...BUILD_ENVIRONMENT, ...wanted.env } }

  let modules = 0
  context.say("downloading Go modules")
  const listed = await context.run(["go", ...listArguments(wanted.commands)], {
    ...options,
    onLine: (line) => {
      if (line.startsWith("go: downloading ")) context.say(`downloading Go modules: ${++modules}`)
    },
  })

  const started = context.now()
  let progress = { total: listed.stdout.trim().split("\n").length, compiled: 0 }
  await context.run(["go", ...buildArguments(wanted.output, wanted.commands)], {
    ...options,
    onLine: (line) => {
      progress = countPackage(progress, line)
      context.say(describeBuild(progress, context.now() - started))
    },
  })
}

/** Whether a folder of the cache has all binaries. */
export function hasBinaries(folder: string): boolean {
  return COMMANDS.every((command) => existsSync(join(folder, command)))
}
