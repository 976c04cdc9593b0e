import { execa } from "execa"
import { QuillonError } from "../src/errors.js"

/** How a host program is started. */
export interface RunOptions {
  readonly cwd?: string
  /** Added to the environment that the runner was made with. */
  readonly env?: Readonly<Record<string, string>>
  /** Called for each line of standard output and standard error. */
  readonly onLine?: (line: string) => void
  /** `result` gives any exit code back; the default throws. */
  readonly onFailure?: "throw" | "result"
  readonly input?: string
  /** Milliseconds; the program is killed and counts as failed. */
  readonly timeout?: number
}

/** What a host program left behind. */
export interface RunResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Starts a host program with an argument array and waits for its end. */
export type Run = (command: readonly [string, ...string[]], options?: RunOptions) => Promise<RunResult>

/** What the runner needs to know once. */
export interface RunnerSettings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Gets every command and every line that it prints. */
  readonly log: (line: string) => void
  readonly signal?: AbortSignal
}

/** Only the last lines of a program that failed go into the message; the log has all of them. */
const TAIL_LINES = 5

/** Makes the one function through which everything below engine/ starts programs; children die with this process, even when it is killed. */
export function createRunner(settings: RunnerSettings): Run {
  return async ([file, ...args], options = {}) => {
    settings.log(`$ ${[file, ...args].join(" ")}`)
    const child = execa("setpriv", ["--pdeathsig", "KILL", "--", file, ...args], {
      env: { ...settings.env, ...options.env },
      extendEnv: false,
      reject: false,
      killSignal: "SIGKILL",
      maxBuffer: 32 * 1024 * 1024,
      ...(options.input === undefined ? { stdin: "ignore" as const } : { input: options.input }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(settings.signal === undefined ? {} : { cancelSignal: settings.signal }),
    })
    for (const stream of [child.stdout, child.stderr]) eachLine(stream, (line) => report(line, settings, options))
    const done = await child
    const result = { exitCode: done.exitCode ?? 128, stdout: String(done.stdout), stderr: String(done.stderr) }
    if (result.exitCode === 0 && !done.failed) return result
    if (options.onFailure === "result" && !done.isCanceled) return result
    throw new QuillonError(
      {
        code: "ENGINE_COMMAND_FAILED",
        message: `${file} ${args[0] ?? ""} ended with ${done.isCanceled ? "an interrupt" : (done.signal ?? result.exitCode)}: ${tail(result)}`,
        next: "quillon engine up",
        kind: "environment",
      },
      { cause: done },
    )
  }
}

function report(line: string, settings: RunnerSettings, options: RunOptions): void {
  settings.log(line)
  options.onLine?.(line)
}

function eachLine(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = ""
  stream?.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString("utf8")).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) onLine(line)
  })
  stream?.on("end", () => {
    if (rest !== "") onLine(rest)
  })
}

function tail(result: RunResult): string {
  const text = result.stderr.trim() === "" ? result.stdout : result.stderr
  return text.trim().split("\n").slice(-TAIL_LINES).join(" / ")
}
