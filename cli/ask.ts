import { createInterface } from "node:readline/promises"
import type { Io } from "./io.js"

/** True where a person sits at the terminal who can be asked. */
export function canAsk({ stdin, isTTY }: Pick<Io, "stdin" | "isTTY">): boolean {
  return isTTY && stdin.isTTY === true
}

/** Asks a person for a yes; everything else, the end of input too, is a no. */
export async function askYes(io: Pick<Io, "stdin" | "stderr">, question: string): Promise<boolean> {
  const lines = createInterface({ input: io.stdin, output: io.stderr })
  const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")))
  try {
    return /^y(es)?$/i.test((await Promise.race([lines.question(`${question} [y/N] `), ended])).trim())
  } catch {
    return false
  } finally {
    lines.close()
  }
}
