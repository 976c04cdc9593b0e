import { compare, valid } from "@renovatebot/pep440"
import { type Dialect, readIn } from "./dialect.js"
import { toPep440 } from "./pep440-text.js"

/** A version as a place spells it. */
export interface Spelling {
  readonly text: string
  readonly dialect: Dialect
}

/**
 * Negative, zero or positive as `a` is before, the same as or after `b`, whatever their spelling; also on versions
 * outside the domain, which Python orders. Undefined where one of them is no version at all.
 */
export function compareSpellings(a: Spelling, b: Spelling): number | undefined {
  const left = pythonText(a)
  const right = pythonText(b)
  return left === undefined || right === undefined ? undefined : compare(left, right)
}

function pythonText({ text, dialect }: Spelling): string | undefined {
  const read = readIn(dialect, text)
  if (read.kind === "version") return toPep440(read.version)
  return valid(text) === null ? undefined : text
}
