import { constants } from "node:os"
import { QuillonError } from "../../src/errors.js"
import { RERUN_PATH, SHELLS } from "../../src/toolchain/debug-shell.js"
import type { Io, PassedCode } from "../io.js"
import type { ProcessControl } from "../program.js"
import { takeRawTerminal } from "./raw-terminal.js"
import { type RemoteEnd, type RemotePlace, runRemotely } from "./remote-shell.js"

/** Who occupies a shell, and for what. */
export interface Occupation {
  readonly io: Io
  readonly control: Pick<ProcessControl, "atExit">
  readonly signal: AbortSignal
  /** A command in place of the shell; empty for the shell. */
  readonly argv: readonly string[]
}

/** Whether what runs in the container can have a terminal: keyboard and screen are one. */
export function hasTerminal({ stdin, stdout }: Pick<Io, "stdin" | "stdout">): boolean {
  return stdin.isTTY === true && stdout.isTTY === true
}

/** Joins this terminal to a shell until that ends; the terminal is given back whatever happens. */
export async function occupy(place: RemotePlace, { io, control, signal, argv }: Occupation): Promise<RemoteEnd> {
  const { stdin, stdout, stderr, env } = io
  const terminal = hasTerminal(io)
  const raw = terminal ? takeRawTerminal(stdin, stdout) : undefined
  control.atExit(() => raw?.restore("torn"))
  const wish = {
    ...(argv.length === 0 ? {} : { argv }),
    terminal,
    environment: terminal ? terminalVariables(env) : {},
    shells: SHELLS,
    path: RERUN_PATH,
  }
  try {
    const end = await runRemotely(place, wish, { stdin, stdout, stderr, signal })
    raw?.restore()
    return end
  } finally {
    raw?.restore("torn")
  }
}

/** What programs must know of the terminal that they write to. */
function terminalVariables({ TERM, COLORTERM }: Io["env"]): Record<string, string> {
  return { TERM: TERM ?? "xterm-256color", ...(COLORTERM === undefined ? {} : { COLORTERM }) }
}

/** The exit code of what ran in the container, as a shell gives it. @throws QuillonError where it did not start */
export function passedCodeOf(end: RemoteEnd): PassedCode {
  switch (end.kind) {
    case "exited":
      return end.code as PassedCode
    case "signalled":
      return (128 + (constants.signals[end.signal as NodeJS.Signals] ?? 0)) as PassedCode
    case "unstartable":
      throw new QuillonError({
        code: "COMMAND_NOT_STARTED",
        message: `in the container: ${end.why}`,
        next: "without -- you get a shell, in which you can look for it",
        kind: "usage",
      })
  }
}
