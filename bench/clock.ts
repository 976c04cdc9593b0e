import { execa } from "execa"

/** A process that ended. */
export interface Timed {
  readonly seconds: number
  /** The exit code; -1 where a signal ended it. */
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Where and how a process is started. */
export interface Place {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Longest time that one measured process may take, in milliseconds. */
const LIMIT_MS = 900_000

/** Seconds of the wall clock from the start of a process to its end, whatever its exit code. */
export async function timeProcess(argv: readonly string[], { cwd, env }: Place): Promise<Timed> {
  const [file = "", ...args] = argv
  const began = performance.now()
  const ended = await execa(file, args, {
    cwd,
    env,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: LIMIT_MS,
  })
  const seconds = (performance.now() - began) / 1000
  if (ended.code === "ENOENT") throw new Error(`${file} is not there`)
  return { seconds, code: ended.exitCode ?? -1, out: ended.stdout, err: ended.stderr }
}

/** Runs a process that must succeed, and gives what it printed. @throws Error with the end of its output. */
export async function mustRun(argv: readonly string[], place: Place): Promise<string> {
  const { code, out, err } = await timeProcess(argv, place)
  if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}:\n${`${out}\n${err}`.slice(-2000)}`)
  return out
}

/** The middle value, or the mean of the two middle ones; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2
}
