import { cleanLine, cleanText } from "./clean-text.js"
import type { Finding } from "./finding.js"
import type { Unnamed } from "./fingerprint.js"
import { nameFindings } from "./name-findings.js"

/** A finding as a reader makes it, before it has a fingerprint. */
export type Draft = Unnamed

/** Brings what readers found into one form: clean text, sorted by place, without duplicates, with fingerprints. */
export function normaliseFindings(drafts: readonly Draft[]): readonly Finding[] {
  const sorted = drafts.map(cleaned).sort(byPlace)
  const seen = new Set<string>()
  const unique = sorted.filter((draft) => {
    const key = JSON.stringify([draft.tool, draft.rule, draft.file, draft.line, draft.column, draft.message])
    return seen.has(key) ? false : seen.add(key)
  })
  return nameFindings(unique, () => undefined)
}

function cleaned(draft: Draft): Draft {
  const { detail, help, file, ...rest } = draft
  return {
    ...rest,
    message: cleanLine(draft.message),
    ...(file === undefined ? {} : { file: file.replaceAll("\\", "/").replace(/^\.\//, "") }),
    ...(help === undefined ? {} : { help: cleanLine(help) }),
    ...(detail === undefined || detail.trim() === "" ? {} : { detail: cleanText(detail).trimEnd() }),
  }
}

function byPlace(a: Draft, b: Draft): number {
  return (
    compare(a.file ?? "", b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  )
}

/** By code unit: the same order on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
