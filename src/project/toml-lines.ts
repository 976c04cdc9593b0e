/** Path of a key in a TOML document; array elements by index. */
export type KeyPath = readonly (string | number)[]

/** Lines of the keys of a TOML document. */
export interface TomlLines {
  /** 1-based line of the key, or of its nearest ancestor that has one. */
  of(path: KeyPath): number | undefined
}

/** Finds on which line each key of a valid TOML document stands; the parser that we use does not tell. */
export function locateKeys(text: string): TomlLines {
  const lines = new Map<string, number>()
  const scan = { text, at: 0, line: 1, lines }
  let table: KeyPath = []
  const counts = new Map<string, number>()
  for (;;) {
    skipBlank(scan)
    if (scan.at >= text.length) break
    if (text[scan.at] === "[") table = readHeader(scan, counts)
    else readPair(scan, table)
  }
  return {
    of(path) {
      for (let length = path.length; length > 0; length--) {
        const line = lines.get(keyOf(path.slice(0, length)))
        if (line !== undefined) return line
      }
      return undefined
    },
  }
}

interface Scan {
  readonly text: string
  at: number
  line: number
  readonly lines: Map<string, number>
}

const keyOf = (path: KeyPath): string => path.join("\u0000")

function advance(scan: Scan, to: number): void {
  for (let i = scan.at; i < to; i++) if (scan.text[i] === "\n") scan.line++
  scan.at = to
}

function skipBlank(scan: Scan): void {
  const match = /(?:\s|#[^\n]*)*/y
  match.lastIndex = scan.at
  advance(scan, scan.at + (match.exec(scan.text)?.[0].length ?? 0))
}

function record(scan: Scan, path: KeyPath): void {
  const key = keyOf(path)
  if (!scan.lines.has(key)) scan.lines.set(key, scan.line)
}

function readHeader(scan: Scan, counts: Map<string, number>): KeyPath {
  const array = scan.text.startsWith("[[", scan.at)
  advance(scan, scan.at + (array ? 2 : 1))
  let path: (string | number)[] = []
  for (const part of readKey(scan)) {
    path.push(part)
    record(scan, path)
    const count = counts.get(keyOf(path))
    if (count !== undefined) path.push(count)
  }
  if (array) {
    if (typeof path.at(-1) === "number") path = path.slice(0, -1)
    const index = (counts.get(keyOf(path)) ?? -1) + 1
    counts.set(keyOf(path), index)
    path.push(index)
  }
  record(scan, path)
  skipBlank(scan)
  advance(scan, scan.at + (array ? 2 : 1))
  return path
}

function readKey(scan: Scan): string[] {
  const parts: string[] = []
  const part = /\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))\s*(\.?)/y
  for (;;) {
    part.lastIndex = scan.at
    const match = part.exec(scan.text)
    if (match === null) {
      advance(scan, scan.at + 1)
      return parts
    }
    parts.push(match[1] ?? match[2] ?? match[3] ?? "")
    advance(scan, part.lastIndex)
    if (match[4] === "") return parts
  }
}

function readPair(scan: Scan, table: KeyPath): void {
  const line = scan.line
  const path = [...table]
  for (const part of readKey(scan)) {
    path.push(part)
    const key = keyOf(path)
    if (!scan.lines.has(key)) scan.lines.set(key, line)
  }
  advance(scan, scan.at + 1) // the equals sign
  skipBlank(scan)
  readValue(scan, path)
}

function readValue(scan: Scan, path: KeyPath): void {
  const opening = scan.text[scan.at]
  if (opening === "[") {
    readItems(scan, { close: "]", item: (index) => readElement(scan, [...path, index]) })
    return
  }
  if (opening === "{") {
    readItems(scan, { close: "}", item: () => readPair(scan, path) })
    return
  }
  const scalar = /"""(?:[^\\]|\\[\s\S])*?"{3,5}|'''[\s\S]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^,\]}\n#]+/y
  scalar.lastIndex = scan.at
  advance(scan, scan.at + (scalar.exec(scan.text)?.[0].length ?? 1))
}

function readElement(scan: Scan, path: KeyPath): void {
  record(scan, path)
  readValue(scan, path)
}

function readItems(scan: Scan, list: { close: string; item: (index: number) => void }): void {
  advance(scan, scan.at + 1)
  for (let index = 0; scan.at < scan.text.length; index++) {
    skipBlank(scan)
    if (scan.text[scan.at] === list.close) break
    list.item(index)
    skipBlank(scan)
    if (scan.text[scan.at] === ",") advance(scan, scan.at + 1)
  }
  advance(scan, scan.at + 1)
}
