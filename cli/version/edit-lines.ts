import type { Edit } from "../../src/release/version/edits.js"
import { neutraliseLine } from "../neutralise.js"
import { pad, type Style, widthOf } from "../style.js"

/** What was written: file, line, the old and the new text, aligned. Pure. */
export function editLines(edits: readonly Edit[], style: Style): readonly string[] {
  const rows = edits.map(({ file, line, before, after }) => ({
    where: neutraliseLine(`${file}:${line}`),
    before: neutraliseLine(before),
    after,
  }))
  const where = Math.max(0, ...rows.map((row) => widthOf(row.where)))
  const before = Math.max(0, ...rows.map((row) => widthOf(row.before)))
  return rows.map(
    (row) =>
      `  ${pad(row.where, where)}  ${style.quiet(pad(row.before, before))}  ${style.quiet("→")}  ${style.good(row.after)}`,
  )
}
