import type { Dialect } from "./dialect.js"

/** How the version stands in its place: whole, as Sphinx's short `X.Y`, or as the numbers of a tuple. */
export type Notation = "whole" | "major.minor" | "tuple"

/** Where a version stands in a file. */
export interface Place {
  /** What people call the place: `[project] version`, `__version__`. */
  readonly name: string
  /** Path relative to the project, `/` as separator. */
  readonly file: string
  /** 1-based. */
  readonly line: number
  /** UTF-16 units from the start of the text, without byte order mark. */
  readonly offset: number
  /** The version as it stands there. */
  readonly text: string
  readonly dialect: Dialect
  readonly notation: Notation
  /** The tool that writes the file anew at each build; Quillon does not edit it. */
  readonly generatedBy?: string
}

/** A place before it is known in which file it stands. */
export type Spot = Pick<Place, "name" | "offset" | "text"> &
  Partial<Pick<Place, "dialect" | "notation" | "generatedBy">>

/** Completes a spot of a file; the dialect is Python's unless the spot says otherwise. */
export function placeIn(file: string, text: string, spot: Spot): Place {
  return { dialect: "pep440", notation: "whole", ...spot, file, line: lineAt(text, spot.offset) }
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++
  return line
}

/** The offset at which a 1-based line begins; the end of the text when there is no such line. */
export function offsetOfLine(text: string, line: number): number {
  let offset = 0
  for (let passed = 1; passed < line; passed++) {
    const end = text.indexOf("\n", offset)
    if (end === -1) return text.length
    offset = end + 1
  }
  return offset
}
