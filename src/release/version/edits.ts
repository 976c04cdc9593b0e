import { QuillonError } from "../../errors.js"

/** One replacement in a file. */
export interface Edit {
  readonly file: string
  /** 1-based, for people. */
  readonly line: number
  /** UTF-16 units from the start of the text, without byte order mark. */
  readonly offset: number
  readonly before: string
  readonly after: string
}

const BOM = "\ufeff"

/**
 * Applies edits to the bytes of their file: every other byte stays.
 *
 * @throws QuillonError FILE_CHANGED when the file no longer says what it said when the edits were made.
 */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  const shift = text.startsWith(BOM) ? BOM.length : 0
  const parts: string[] = []
  let at = 0
  for (const { file, offset, before, after } of [...edits].sort((a, b) => a.offset - b.offset)) {
    const start = offset + shift
    if (start < at || text.slice(start, start + before.length) !== before) throw changed(file, before)
    parts.push(text.slice(at, start), after)
    at = start + before.length
  }
  return new TextEncoder().encode([...parts, text.slice(at)].join(""))
}

/** Edits by file, in the order in which the files first appear. */
export function byFile(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
  const files = new Map<string, Edit[]>()
  for (const edit of edits) files.set(edit.file, [...(files.get(edit.file) ?? []), edit])
  return files
}

function changed(file: string, before: string): QuillonError {
  return new QuillonError({
    code: "FILE_CHANGED",
    message: `${file} no longer says ${before} where it did a moment ago; nothing was written`,
    next: "run the command again",
    kind: "environment",
  })
}
