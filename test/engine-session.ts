import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { connection } from "@dagger.io/dagger"

const ROOT = join(import.meta.dirname, "..")
const RUNNER = "_EXPERIMENTAL_DAGGER_RUNNER_HOST"
const CLI = "_EXPERIMENTAL_DAGGER_CLI_BIN"

/** The variables by which clients find the engine: those of this process, else what `./quillon engine env` prints. */
export function engineEnvironment(environment: NodeJS.ProcessEnv = process.env): Readonly<Record<string, string>> {
  const { [RUNNER]: runner, [CLI]: cli } = environment
  if (runner !== undefined && cli !== undefined) return { [RUNNER]: runner, [CLI]: cli, DO_NOT_TRACK: "1" }
  const lines = execFileSync(join(ROOT, "quillon"), ["engine", "env"], { encoding: "utf8", timeout: 60_000 })
  const exported = [...lines.matchAll(/^export (_EXPERIMENTAL_DAGGER_\w+)='([^']*)'$/gm)]
  return { ...Object.fromEntries(exported.map(([, name, value]) => [name, value])), DO_NOT_TRACK: "1" }
}

/** Runs a test's body in a session with the engine; the client is `dag` of `@dagger.io/dagger`. */
export async function withEngine(body: () => Promise<void>): Promise<void> {
  Object.assign(process.env, engineEnvironment())
  await connection(body)
}

/** Opens a session for all tests of a file: `dag` of `@dagger.io/dagger` works until `close` is called. */
export async function openEngine(): Promise<{ close(): Promise<void> }> {
  let release: () => void = () => {}
  let over: Promise<void> = Promise.resolve()
  await new Promise<void>((opened, failed) => {
    over = withEngine(async () => {
      opened()
      await new Promise<void>((resolve) => {
        release = resolve
      })
    })
    over.catch(failed)
  })
  return {
    async close() {
      release()
      await over
    },
  }
}
