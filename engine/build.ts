import { existsSync } from "node:fs"
import { mkdir, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { readTree } from "./assets.js"
import { BUILD_ENVIRONMENT, buildArguments, COMMANDS, countPackage, describeBuild, listArguments } from "./go-build.js"
import type { Run } from "./process.js"
import { contentKey } from "./recipe.js"

/** What the compile of engine and CLI needs. */
export interface BuildContext {
  /** The Go module: go.mod, go.sum, stand-ins. */
  readonly module: string
  readonly builds: string
  readonly scratch: string
  readonly architecture: string
  readonly run: Run
  readonly say: (text: string) => void
  readonly now: () => number
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
  const options = { cwd: context.module, env: BUILD_ENVIRONMENT }

  let modules = 0
  context.say("downloading Go modules")
  const listed = await context.run(["go", ...listArguments()], {
    ...options,
    onLine: (line) => {
      if (line.startsWith("go: downloading ")) context.say(`downloading Go modules: ${++modules}`)
    },
  })

  const started = context.now()
  let progress = { total: listed.stdout.trim().split("\n").length, compiled: 0 }
  await context.run(["go", ...buildArguments(`${scratch}/`)], {
    ...options,
    onLine: (line) => {
      progress = countPackage(progress, line)
      context.say(describeBuild(progress, context.now() - started))
    },
  })

  await mkdir(context.builds, { recursive: true })
  await rm(finished, { recursive: true, force: true })
  await rename(scratch, finished)
  return finished
}

/** Whether a folder of the cache has all binaries. */
export function hasBinaries(folder: string): boolean {
  return COMMANDS.every((command) => existsSync(join(folder, command)))
}
