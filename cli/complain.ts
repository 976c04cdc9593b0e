import { QuillonError } from "../src/errors.js"
import type { Io } from "./io.js"
import { neutralise } from "./neutralise.js"
import { createStyle } from "./style.js"

/** Prints an error: a designed one as its message and next step, any other with its stack, because it is a bug. */
export function complain(io: Pick<Io, "stderr" | "colour">, error: unknown): void {
  const style = createStyle(io)
  if (error instanceof QuillonError) {
    io.stderr.write(`${style.bad("error:")} ${neutralise(error.message)}\n`)
    if (error.next !== "") io.stderr.write(`${style.quiet(" next:")} ${neutralise(error.next)}\n`)
    return
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr.write(`${style.bad("bug in quillon:")} ${neutralise(text)}\n`)
}
