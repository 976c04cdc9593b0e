import type { TextEdit } from "../facts.js"
import { compareLines, type DiffLine } from "./lines.js"

const CONTEXT = 3
const SIGN: Readonly<Record<DiffLine["kind"], string>> = { kept: " ", removed: "-", added: "+" }

/** The edit as a patch that `git apply` takes; empty where nothing changes. */
export function unifiedDiff({ path, before, after }: TextEdit): string {
  const lines = compareLines(before ?? "", after)
  const hunks = hunksOf(lines)
  if (hunks.length === 0) return ""
  const [a, b] = [quoted(`a/${path}`), quoted(`b/${path}`)]
  const head = [`diff --git ${a} ${b}`, ...(before === undefined ? ["new file mode 100644"] : [])]
  const files = [before === undefined ? "--- /dev/null" : `--- ${a}`, `+++ ${b}`]
  return `${[...head, ...files].join("\n")}\n${hunks.map((hunk) => printHunk(lines, hunk)).join("")}`
}

/** Lines `from` to `to` (exclusive) of a comparison. */
interface Hunk {
  readonly from: number
  readonly to: number
}

function hunksOf(lines: readonly DiffLine[]): readonly Hunk[] {
  const hunks: { from: number; to: number }[] = []
  for (const [index, { kind }] of lines.entries()) {
    if (kind === "kept") continue
    const [from, to] = [Math.max(0, index - CONTEXT), Math.min(lines.length, index + CONTEXT + 1)]
    const last = hunks.at(-1)
    if (last !== undefined && from <= last.to) last.to = to
    else hunks.push({ from, to })
  }
  return hunks
}

function printHunk(lines: readonly DiffLine[], { from, to }: Hunk): string {
  const above = lines.slice(0, from)
  const shown = lines.slice(from, to)
  const range = (side: "removed" | "added") => {
    const count = shown.filter(({ kind }) => kind === "kept" || kind === side).length
    const start = above.filter(({ kind }) => kind === "kept" || kind === side).length + (count === 0 ? 0 : 1)
    return count === 1 ? `${start}` : `${start},${count}`
  }
  const body = shown.map(
    ({ kind, text }) => SIGN[kind] + (text.endsWith("\n") ? text : `${text}\n\\ No newline at end of file\n`),
  )
  return `@@ -${range("removed")} +${range("added")} @@\n${body.join("")}`
}

/** As git quotes a name with characters that would end it. */
function quoted(path: string): string {
  return /["\\\n\t]/.test(path)
    ? `"${path.replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`
    : path
}
