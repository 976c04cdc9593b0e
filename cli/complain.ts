import { QuillonError } from "../src/errors.js"
import { readErrorChain } from "../src/toolchain/error-chain.js"
import { classifyThrown } from "../src/toolchain/thrown.js"
import type { Io } from "./io.js"
import { neutralise } from "./neutralise.js"
import { createStyle } from "./style.js"

/** Codes of the errors of Dagger's client. */
const CLIENT_CODE = /^D\d{3}$/

/**
 * Prints an error: a designed one, and one of the engine, as its message and next step; any other with its stack, because
 * it is a bug.
 */
export function complain(io: Pick<Io, "stderr" | "colour">, error: unknown): void {
  const style = createStyle(io)
  const known = error instanceof QuillonError ? error : engineTrouble(error)
  if (known !== undefined) {
    io.stderr.write(`${style.bad("error:")} ${neutralise(known.message)}\n`)
    if (known.next !== "") io.stderr.write(`${style.quiet(" next:")} ${neutralise(known.next)}\n`)
    return
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr.write(`${style.bad("bug in quillon:")} ${neutralise(text)}\n`)
}

/** What the engine could not do outside a cell, where no report has a place for it; undefined where it is no such error. */
function engineTrouble(error: unknown): { readonly message: string; readonly next: string } | undefined {
  const { exec, codes } = readErrorChain(error)
  if (exec === undefined && !codes.some((code) => CLIENT_CODE.test(code))) return undefined
  const { cause, reason, next = "quillon doctor", detail = "" } = classifyThrown(error)
  if (exec === undefined && cause === "unknown") return undefined
  return { message: [reason, ...detail.split("\n").filter(Boolean)].join("\n  "), next }
}
