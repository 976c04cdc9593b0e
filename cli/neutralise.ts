import { stripVTControlCharacters } from "node:util"

// Runners look for these anywhere in a line (`##[`) or at its start (`::`), and obey.
const RUNNER_COMMAND = /^(\s*)::|##(?=\[|vso\[)/gm

// C0 without tab and newline, DEL, C1, and what turns the direction of text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * Text of a tool as it may stand on a screen or in a CI log: no terminal escapes, no control characters,
 * and no line that a CI runner takes for a command of ours.
 */
export function neutralise(text: string): string {
  return stripVTControlCharacters(text.replaceAll("\r\n", "\n"))
    .replace(CONTROL, (c) => (c === "\r" ? "\n" : ""))
    .replace(RUNNER_COMMAND, (match, blank?: string) => (match.endsWith("::") ? `${blank ?? ""}\\::` : "#\\#"))
}

/** {@link neutralise}d, and on one line. */
export function neutraliseLine(text: string): string {
  return neutralise(text).replace(/\s+/g, " ").trim()
}
