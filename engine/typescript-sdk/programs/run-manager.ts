import { spawnSync } from "node:child_process"

/** Runs a package manager in the working folder with its output shown; ends this process as it ended when it failed. */
export function runManager(program: readonly string[], args: readonly string[]): void {
  const [file = "npm", ...before] = program
  const { status, error } = spawnSync(file, [...before, ...args], { stdio: "inherit" })
  if (error !== undefined) process.stderr.write(`${file}: ${error.message}\n`)
  if (status !== 0) process.exit(status ?? 1)
}
