import type { ParsedCommit } from "./parser.js"
import { type Reference, readReferences } from "./reference.js"

/** What one commit, or one line of a squashed commit, changes. */
export interface Change {
  readonly hash: string
  /** In lower case; null where the commit is no conventional commit. */
  readonly type: string | null
  readonly scope: string | null
  readonly subject: string
  /** What breaks, in the author's words, a paragraph each; empty where nothing does. */
  readonly breaking: readonly string[]
  readonly references: readonly Reference[]
  /** Hashes, possibly shortened, of the commits that it takes back. */
  readonly reverts: readonly string[]
  readonly author: string | null
}

const HEADER = /^(\w[\w-]*)(?:\(([^()]*)\))?(!)?:\s+(\S.*)$/
const REVERT = /^(?:Revert|Reapply) "(.*)"\s*$/
const TAKES_BACK = /\bThis reverts commit ([0-9a-f]{7,64})\b/
const REFS = /^Refs?:\s*([0-9a-f]{7,64}(?:,\s*[0-9a-f]{7,64})*)\s*$/i
const TRAILER = /^[A-Za-z][\w-]*(?:: | #)/

/** How the lines of a squashed commit are taken: only its title counts, or the lines where the title says nothing. */
export type SquashRule = "title" | "parts"

/**
 * Reads the changes of a commit: one, for a squashed commit without a conventional title one a line, for a merge whose
 * title is not conventional none.
 */
export function readChanges(commit: ParsedCommit, squash: SquashRule): readonly Change[] {
  const text = [commit.body, commit.footer].filter((part) => part).join("\n")
  const lines = text.split("\n")
  const whole = {
    hash: commit.hash ?? "",
    author: commit.author ?? null,
    references: unique(lines.flatMap(readReferences)),
    reverts: [] as readonly string[],
  }
  const footers = commit.notes.map(({ text: note }) => withoutTrailers(note))
  const header = commit.header ?? ""
  const reverted = REVERT.exec(header)?.[1]
  if (reverted !== undefined) {
    return [{ ...whole, type: "revert", scope: null, subject: reverted, breaking: footers, reverts: takenBack(text) }]
  }
  if (commit.type) {
    const subject = commit.subject ?? header
    const type = commit.type.toLowerCase()
    const breaking = commit.bang && footers.length === 0 ? [subject] : footers
    const reverts = type === "revert" ? takenBack(text) : []
    return [{ ...whole, type, scope: commit.scope || null, subject, breaking, reverts }]
  }
  const parts = squash === "parts" ? readParts(lines, whole) : []
  // What a merge brings counts; that it was merged does not.
  if (parts.length === 0 && commit.parents?.includes(" ") && footers.length === 0) return []
  if (parts.length === 0) return [{ ...whole, type: null, scope: null, subject: header, breaking: footers }]
  return footers.length === 0 ? parts : parts.map((part, index) => (index === 0 ? withBreaking(part, footers) : part))
}

/** Forges write a squashed commit's messages as a list: `* feat: …`. */
function readParts(lines: readonly string[], whole: Pick<Change, "hash" | "author" | "references" | "reverts">) {
  return lines.flatMap((line): readonly Change[] => {
    const bullet = /^\s*[*-]\s+(.*)$/.exec(line)?.[1]
    const match = bullet === undefined ? null : HEADER.exec(bullet)
    const [, type, scope, bang, subject] = match ?? []
    if (type === undefined || subject === undefined) return []
    return [
      {
        ...whole,
        type: type.toLowerCase(),
        scope: scope || null,
        subject,
        breaking: bang ? [subject] : [],
        reverts: [],
      },
    ]
  })
}

function withBreaking(change: Change, breaking: readonly string[]): Change {
  return { ...change, breaking: [...change.breaking, ...breaking] }
}

function takenBack(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => {
    const hash = TAKES_BACK.exec(line)?.[1]
    return hash === undefined ? (REFS.exec(line)?.[1]?.split(/,\s*/) ?? []) : [hash]
  })
}

/** The parser takes everything below a note for the note, `Signed-off-by:` included. */
function withoutTrailers(note: string): string {
  const kept = note.split("\n").filter((line, index) => index === 0 || !TRAILER.test(line))
  return kept
    .join("\n")
    .trim()
    .replaceAll(/\n{3,}/g, "\n\n")
}

function unique(references: readonly Reference[]): readonly Reference[] {
  const seen = new Map(references.map((reference) => [`${reference.repository ?? ""}#${reference.issue}`, reference]))
  return [...seen.values()]
}
