import { parse, TomlError } from "smol-toml"
import { QuillonError } from "../errors.js"
import type { Origin } from "./project.js"
import { type KeyPath, locateKeys, type TomlLines } from "./toml-lines.js"

/** Plain data as TOML gives it. */
export type Table = Readonly<Record<string, unknown>>

/** A TOML file that knows on which line each key stands. */
export interface TomlDocument {
  readonly file: string
  readonly table: Table
  /** Value at a path, undefined when it or a parent is absent. */
  get(...path: KeyPath): unknown
  /** The file and line of a key, or of its nearest parent. */
  origin(...path: KeyPath): Origin
}

/** Parses a TOML file. @throws QuillonError BROKEN_TOML with file, line and what the parser expected. */
export function readToml(text: string, file: string): TomlDocument {
  const table = parseTable(text, file)
  let lines: TomlLines | undefined
  return {
    file,
    table,
    get: (...path) => lookUp(table, path),
    origin(...path) {
      lines ??= locateKeys(text)
      const line = lines.of(path)
      return line === undefined ? { file } : { file, line }
    },
  }
}

function parseTable(text: string, file: string): Table {
  try {
    return parse(text, { integersAsBigInt: "asNeeded" })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const why = error.message.split("\n")[0]?.replace("Invalid TOML document: ", "")
    throw new QuillonError(
      {
        code: "BROKEN_TOML",
        message: `${file}:${error.line}:${error.column}: no valid TOML: ${why}`,
        next: `Correct line ${error.line} of ${file}.`,
        kind: "usage",
      },
      { cause: error },
    )
  }
}

function lookUp(table: unknown, path: KeyPath): unknown {
  let value = table
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

/** The value as a table; an empty one when it is none. */
export function asTable(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {}
}

/** The value when it is a string. */
export function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}

/** The strings of an array, a lone string as an array of one, else nothing. */
export function asStrings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : []
}
