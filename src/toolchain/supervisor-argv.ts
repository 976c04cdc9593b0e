import type { Command } from "../pipeline/command.js"
import { OUT_PATH, RUNTIME_PATH } from "./paths.js"
import type { Supervision } from "./supervisor.js"

/** Seconds between TERM and KILL when a command passed its deadline. */
export const GRACE_SECONDS = 5

/** A kind is the name of a folder below `kept/`. */
const KIND = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** The argv that starts a command under the supervisor. @throws RangeError for an artifact kind that is no file name. */
export function supervisorArgv(
  command: Command,
  { address, timeoutSeconds, environment, secrets = [] }: Supervision,
): string[] {
  const { name, argv, reports = [], keeps = [] } = command
  const wrong = keeps.find(({ kind }) => !KIND.test(kind))
  if (wrong !== undefined) throw new RangeError(`the kind of an artifact must be a file name, not "${wrong.kind}"`)
  const spec = {
    out: OUT_PATH,
    timeout: timeoutSeconds,
    grace: GRACE_SECONDS,
    reports: reports.map((report) => [report.name, report.path]),
    keeps: keeps.map(({ kind, path }) => [kind, path]),
    hide: Object.keys(environment),
    secrets,
  }
  const start = runtimeArgv([`${RUNTIME_PATH}/supervise.pyc`, `quillon:${address}:${name}`, JSON.stringify(spec)])
  return [...start, "--", ...argv]
}

/**
 * The argv of a Python program on the supervisor's runtime, for a container that need not hold Python. It can import
 * what the supervisor imports and no more.
 */
export function runtimeArgv(program: readonly string[]): string[] {
  const python = [`${RUNTIME_PATH}/loader`, "--library-path", `${RUNTIME_PATH}/lib`, `${RUNTIME_PATH}/bin/python3`]
  return [...python, "-I", "-S", "-X", "utf8", ...program]
}
