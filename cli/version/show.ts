import { type Spelled, spell } from "../../src/release/version/spell.js"
import { truthJson } from "../../src/release/version/truth-json.js"
import type { Io } from "../io.js"
import { neutraliseLine } from "../neutralise.js"
import { createStyle } from "../style.js"
import type { KnownVersions } from "./know-versions.js"
import { shownLines } from "./shown.js"

import { truthTable, truthTitle } from "./truth-table.js"
import { verdictOf } from "./verdict.js"

/** Prints the version, and sets 2 where there is none. @throws QuillonError for a spelling that it does not have. */
export function showVersion(
  io: Io,
  { name, truth }: KnownVersions,
  options: { readonly format: string; readonly as?: Spelled },
): void {
  const style = createStyle(io)
  const { source } = truth
  if (options.as !== undefined) {
    io.stdout.write(`${spell(truth, options.as)}\n`)
    return
  }
  if (options.format === "json") io.stdout.write(`${JSON.stringify(truthJson(name, truth), null, 2)}\n`)
  else io.stdout.write(`${[truthTitle(name, truth, style), "", ...shownLines(truth, style)].join("\n")}\n`)
  if (source.kind === "none") io.leave(2)
}

/** Prints every place and the verdict. */
export function showCheck(io: Io, { name, truth }: KnownVersions, options: { readonly format: string }): void {
  if (options.format === "json") {
    io.stdout.write(`${JSON.stringify(truthJson(name, truth), null, 2)}\n`)
    return
  }
  const style = createStyle(io)
  const { verdict, next } = verdictOf(truth)
  const tint = { agree: style.good, disagree: style.bad, "could-not-look": style.unsure }[truth.outcome]
  const [word = "", ...rest] = neutraliseLine(verdict).split(":")
  const table = truthTable(truth, style)
  const lines = [truthTitle(name, truth, style), "", ...table, ...(table.length > 0 ? [""] : [])]
  io.stdout.write(`${[...lines, `${tint(`${word}:`)}${rest.join(":")}`].join("\n")}\n`)
  if (next !== undefined) io.stdout.write(`${style.quiet("    next:")} ${neutraliseLine(next)}\n`)
}
