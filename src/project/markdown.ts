import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable, readToml, type Table } from "./toml.js"

/** A fence whose first line names Python in any spelling; ruff formats no other block. */
const PYTHON_BLOCK = /(?:`{3,}|~{3,})[^\n`]*py/i

const README = /^readme\.(?:md|markdown)$/i

/**
 * Markdown that `ruff format` has nothing to do with, as patterns: what its configuration excludes by name, and a README
 * without a Python block. No other text of Markdown is read.
 */
export function markdownPassedOver(snapshot: Snapshot): readonly string[] {
  const plain = snapshot.paths.filter((path) => {
    const text = README.test(path) ? snapshot.text(path) : undefined
    return text !== undefined && !PYTHON_BLOCK.test(text)
  })
  return [...excludedMarkdown(snapshot), ...plain]
}

function excludedMarkdown({ text, pyproject }: Snapshot): readonly string[] {
  const own = ["ruff.toml", ".ruff.toml"].find((path) => text(path) !== undefined)
  const ruff = own === undefined ? asTable(pyproject?.get("tool", "ruff")) : tableOf(text(own) ?? "", own)
  const patterns = [ruff.exclude, ruff["extend-exclude"], asTable(ruff.format).exclude].flatMap(asStrings)
  return patterns
    .filter((pattern) => /\.(?:md|markdown)$/.test(pattern))
    .map((pattern) => (pattern.includes("/") ? pattern : `**/${pattern}`))
}

/** Nothing for a file that is no TOML: ruff itself says what is wrong with it. */
function tableOf(text: string, file: string): Table {
  try {
    return readToml(text, file).table
  } catch {
    return {}
  }
}
