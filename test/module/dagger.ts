import { join } from "node:path"
import { execa } from "execa"
import { engineEnvironment } from "../engine-session.js"

/** This repository, as a module. */
export const MODULE = join(import.meta.dirname, "../..")

/** How a `dagger` command ended. */
export interface DaggerEnd {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** Runs the engine's own `dagger` without its progress display; never throws. */
export async function dagger(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<DaggerEnd> {
  const engine = engineEnvironment()
  const program = engine._EXPERIMENTAL_DAGGER_CLI_BIN ?? "dagger"
  const { exitCode, stdout, stderr } = await execa(program, ["--silent", ...args], {
    cwd: options.cwd,
    env: { ...engine, ...options.env },
    reject: false,
    stdin: "ignore",
    timeout: 280_000,
  })
  return { exitCode, stdout, stderr }
}
