import type { ZodType } from "zod"
import type { Execution } from "../pipeline/command.js"

/** Reads a report that a command left as JSON; undefined when it is missing, cut off or of another shape. */
export function jsonReport<T>(execution: Execution, name: string, shape: ZodType<T>): T | undefined {
  const text = execution.reports[name]
  if (text === undefined) return undefined
  try {
    return shape.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** The execution of a command by its name. @throws RangeError when the runner did not execute it. */
export function executionOf(executions: readonly Execution[], command: string): Execution {
  const found = executions.find((execution) => execution.command === command)
  if (found === undefined) throw new RangeError(`no execution of "${command}"`)
  return found
}
