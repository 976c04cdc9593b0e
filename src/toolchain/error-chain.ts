/** What is known of an error that the engine's client threw, whichever copy of the client it was. */
export interface ErrorFacts {
  /** Messages of the error and its causes, outermost first. */
  readonly messages: readonly string[]
  /** Their codes, e.g. `D109` of the client or `ECONNREFUSED` of Node. */
  readonly codes: readonly string[]
  /** Present when a step of a container ended with a code that was not expected. */
  readonly exec?: FailedExec
}

/** A step of a container that failed. */
export interface FailedExec {
  readonly argv: readonly string[]
  readonly exitCode: number
  /** Standard error, then standard output, as the engine cut them. */
  readonly said: string
}

/** Causes are followed that far: a chain may be a circle. */
const DEPTH = 10

/** Reads an error without `instanceof`, because module and package hold copies of the client's classes. */
export function readErrorChain(error: unknown): ErrorFacts {
  const messages: string[] = []
  const codes: string[] = []
  let exec: FailedExec | undefined
  let link: unknown = error
  for (let depth = 0; depth < DEPTH && link !== undefined && link !== null; depth += 1) {
    if (typeof link !== "object") {
      messages.push(String(link))
      break
    }
    const { message, code, cause } = link as { message?: unknown; code?: unknown; cause?: unknown }
    if (typeof message === "string") messages.push(message)
    if (typeof code === "string") codes.push(code)
    exec ??= readExec(link)
    link = cause
  }
  return exec === undefined ? { messages, codes } : { messages, codes, exec }
}

function readExec(link: object): FailedExec | undefined {
  const { cmd, exitCode, stderr, stdout } = link as Record<string, unknown>
  if (!Array.isArray(cmd) || typeof exitCode !== "number") return undefined
  const said = [stderr, stdout].filter((text) => typeof text === "string" && text !== "").join("\n")
  return { argv: cmd.map(String), exitCode, said }
}
