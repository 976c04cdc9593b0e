import type { Severity } from "./finding.js"
import type { Draft } from "./normalise.js"

/** `path:line: message` and `path:line:column: message`, as compilers, linters and grep print them. */
const PLACE = /^(?<file>(?!\d+:)[^\s:][^:\n]*):(?<line>\d+)(?::(?<column>\d+))?:(?:\s+|(?=[^\s\d]))(?<said>\S.*)$/

const WORD = /^(?<word>fatal error|error|warning|note|info|hint)\b:?\s*/i

/** `F401 message` or `message [arg-type]`. */
const RULE = /^(?<first>[A-Z]+\d+)\b:?\s|\[(?<last>[a-z][\w-]*)\]$/

const SEVERITY_OF: Readonly<Record<string, Severity>> = { warning: "warning", note: "note", info: "note", hint: "note" }

/** Reads findings of lines that name a place; other lines are talk. Pure. */
export function readLines(text: string, tool: string): readonly Draft[] {
  return text.split(/\r?\n/).flatMap((line) => readLine(line, tool) ?? [])
}

function readLine(text: string, tool: string): Draft | undefined {
  const { file, line, column, said } = PLACE.exec(text)?.groups ?? {}
  if (file === undefined || said === undefined || file.endsWith("//") || Number(line) === 0) return undefined
  const word = WORD.exec(said)?.groups?.word?.toLowerCase()
  const message = said.replace(WORD, "")
  const rule = RULE.exec(message)?.groups
  return {
    tool,
    rule: rule?.first ?? rule?.last ?? word ?? "finding",
    severity: SEVERITY_OF[word ?? ""] ?? "error",
    file,
    line: Number(line),
    ...(column === undefined || Number(column) === 0 ? {} : { column: Number(column) }),
    message: message === "" ? said : message,
  }
}
