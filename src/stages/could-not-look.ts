import { cleanText } from "../findings/clean-text.js"
import type { Execution, Exit } from "../pipeline/command.js"
import type { CouldNotLook } from "../pipeline/reading.js"

const DETAIL_LINES = 30

/** The reading of a tool that did not do its work; `reason` says what is known, the last lines of output the rest. */
export function couldNotLook(execution: Execution, say: { reason: string; next?: string }): CouldNotLook {
  const detail = lastLines(execution)
  return { kind: "errored", ...say, ...(detail === "" ? {} : { detail }) }
}

/** How a tool's process ended, where that alone means that it could not look. */
export function brokenExit(exit: Exit, tool: string): string | undefined {
  switch (exit.kind) {
    case "exited":
      return undefined
    case "signalled":
      return `${tool} was ended by ${exit.signal}`
    case "timed-out":
      return `${tool} did not end within ${exit.seconds} s`
    case "unstartable":
      return `${tool} could not be started: ${exit.why}`
  }
}

/** The exit code, or undefined when the process did not come to one. */
export function exitCode(exit: Exit): number | undefined {
  return exit.kind === "exited" ? exit.code : undefined
}

/** The last lines of what a command said, errors first choice. */
export function lastLines({ stdout, stderr }: Execution): string {
  const said = stderr.tail.trim() === "" ? stdout.tail : stderr.tail
  return cleanText(said).trimEnd().split("\n").slice(-DETAIL_LINES).join("\n")
}
