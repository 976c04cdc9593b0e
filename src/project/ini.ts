import type { Origin } from "./project.js"

/** A file in the dialect of Python's `configparser`: setup.cfg, tox.ini, pytest.ini, mypy.ini, .coveragerc. */
export interface IniDocument {
  readonly file: string
  readonly sections: readonly string[]
  /** Raw value, lines joined by newlines; undefined when absent. */
  get(section: string, key: string): string | undefined
  /** Keys of a section, in lower case. */
  keys(section: string): readonly string[]
  origin(section: string, key?: string): Origin
}

interface Entry {
  readonly line: number
  value: string
}

/** Parses what `configparser` would; a line that it would refuse is passed over. */
export function readIni(text: string, file: string): IniDocument {
  const sections = new Map<string, { line: number; entries: Map<string, Entry> }>()
  let section: { line: number; entries: Map<string, Entry> } | undefined
  let entry: Entry | undefined
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (/^\s*[#;]/.test(raw)) continue
    const header = /^\[([^\]]+)\]/.exec(raw)
    if (header?.[1] !== undefined) {
      section = { line: index + 1, entries: new Map() }
      sections.set(header[1].trim(), section)
      entry = undefined
    } else if (/^\s/.test(raw) && entry !== undefined) {
      entry.value += `\n${raw.trim()}`
    } else {
      const pair = /^([^=:\s][^=:]*?)\s*[=:]\s*(.*)$/.exec(raw)
      entry = pair === null ? undefined : { line: index + 1, value: pair[2] ?? "" }
      if (entry !== undefined) section?.entries.set((pair?.[1] ?? "").toLowerCase(), entry)
    }
  }
  return {
    file,
    sections: [...sections.keys()],
    get: (name, key) => sections.get(name)?.entries.get(key)?.value.trim(),
    keys: (name) => [...(sections.get(name)?.entries.keys() ?? [])],
    origin(name, key) {
      const found = sections.get(name)
      const line = (key === undefined ? undefined : found?.entries.get(key)?.line) ?? found?.line
      return line === undefined ? { file } : { file, line }
    },
  }
}

/** The lines of a list value, without blanks and comments. */
export function listLines(value: string | undefined): readonly string[] {
  return (value ?? "")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "")
}

/** The words of a value that separates by blanks, commas or lines. */
export function listWords(value: string | undefined): readonly string[] {
  return listLines(value).flatMap((line) => line.split(/[\s,]+/).filter((word) => word !== ""))
}
