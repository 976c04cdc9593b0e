import type { Readable, Writable } from "node:stream"

/** A stream that output goes to: a terminal where it has `columns` and `rows`. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }

/** A stream that input comes from. */
export type Input = Readable & { readonly isTTY?: boolean }

/** Exit codes of the CLI (DESIGN §1): passed, failed, could not look, wrong usage, interrupted. */
export type ExitCode = 0 | 1 | 2 | 64 | 130

/** The exit code of a command that ran on a person's behalf, passed on as it is. */
export type PassedCode = number & { readonly passed: true }

/** The process around the CLI, handed in so that nothing below `main.ts` reads it on its own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>
  /** What followed the program's name. */
  readonly argv: readonly string[]
  readonly cwd: string
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  /** True when stdout is a terminal that can be drawn on. */
  readonly isTTY: boolean
  /** Width of stdout in cells; 80 where it is not a terminal. */
  readonly columns: number
  /** Whether colours are wanted on stdout. */
  readonly colour: boolean
  /** Sets the code with which the process ends once everything is written. */
  leave(code: ExitCode | PassedCode): void
}

/** What of a process decides how output looks. */
export interface Surroundings {
  readonly env: Io["env"]
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
}

/** Whether colours are wanted: NO_COLOR, then FORCE_COLOR, then whether a terminal reads along. */
export function wantsColour({ env, stdout }: Pick<Surroundings, "env" | "stdout">): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false"
  return isDrawable({ env, stdout })
}

/** Whether a live board can be drawn: a terminal that is not dumb, and no CI system reading. */
export function isDrawable({ env, stdout }: Pick<Surroundings, "env" | "stdout">): boolean {
  if (stdout.isTTY !== true || env.TERM === "dumb") return false
  return env.CI === undefined || env.CI === "" || env.CI === "false"
}
