import { type Commit, CommitParser, type ParserOptions } from "conventional-commits-parser"

/** A commit as the conventional-changelog family hands it around: parsed, with what git says of it beside. */
export interface ParsedCommit {
  readonly hash?: string | null
  readonly author?: string | null
  /** Hashes of the parents, with a blank between them. */
  readonly parents?: string | null
  readonly type?: string | null
  readonly scope?: string | null
  readonly bang?: string | null
  readonly subject?: string | null
  readonly header: string | null
  readonly body?: string | null
  readonly footer?: string | null
  readonly notes: readonly { readonly title: string; readonly text: string }[]
}

const NEVER = /(?!)/

/**
 * Options of the parser, for the planner and for `conventional-changelog-core` alike.
 *
 * The family's own expressions for references, reverts, fields and notes are replaced. On one long line without blanks
 * the first takes cubic time (1,000 characters 1.5 s, 4,000 over a minute); a body line such as `-type-` would
 * overwrite the commit's type; prose that begins with "breaking change" would make a major release. References and
 * reverts are read in `change.ts`.
 */
export const PARSER_OPTIONS = {
  headerPattern: /^(\w[\w-]*)(?:\(([^()]*)\))?(!)?:\s+(\S.*)$/,
  headerCorrespondence: ["type", "scope", "bang", "subject"],
  noteKeywords: ["BREAKING CHANGE", "BREAKING-CHANGE"],
  notesPattern: (keywords) => new RegExp(`^(${keywords}):\\s+(\\S.*)$`),
  referenceActions: [NEVER],
  // Absent keys would be filled from the parser's defaults; these must be there and empty.
  ...({ issuePrefixes: undefined, revertPattern: undefined, fieldPattern: undefined } as object),
} satisfies ParserOptions as ParserOptions

/** Longest line of a message that is read, in characters: what the parser does to a line grows with its square. */
const LONGEST_LINE = 1000

/** Makes a function that parses messages of commits; it gives undefined for an empty message. */
export function createCommitParser(): (message: string) => Commit | undefined {
  const parser = new CommitParser(PARSER_OPTIONS)
  return (message) => {
    if (message.trim() === "") return undefined
    return parser.parse(
      message
        .split(/\r?\n|\r/)
        .map(cut)
        .join("\n"),
    )
  }
}

function cut(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line
}
