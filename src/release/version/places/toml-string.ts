import { asString, type TomlDocument } from "../../../project/toml.js"
import type { KeyPath } from "../../../project/toml-lines.js"
import { offsetOfLine, type Spot } from "../place.js"

/** Finds the string that a key of a TOML document holds; undefined when it holds none on the key's own line. */
export function tomlString(text: string, document: TomlDocument, path: KeyPath): Omit<Spot, "name"> | undefined {
  const value = asString(document.get(...path))
  const { line } = document.origin(...path)
  if (value === undefined || line === undefined) return undefined
  const start = offsetOfLine(text, line)
  const end = offsetOfLine(text, line + 1)
  const key = String(path.at(-1)).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  const pair = new RegExp(`(?<![\\w-])["']?${key}["']?[ \\t]*=[ \\t]*(?:"([^"\\\\\\r\\n]*)"|'([^'\\r\\n]*)')`, "dg")
  for (const match of text.slice(start, end).matchAll(pair)) {
    const [from] = match.indices?.[1] ?? match.indices?.[2] ?? [0]
    if ((match[1] ?? match[2]) === value) return { offset: start + from, text: value }
  }
  return undefined
}
