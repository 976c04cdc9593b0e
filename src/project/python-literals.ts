/** A Python expression as far as it can be known without running it. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue }
  | PythonCall
  | PythonCode

/** A call of a plain or dotted name with arguments that were read. */
export class PythonCall {
  constructor(
    readonly name: string,
    readonly positional: readonly PythonValue[],
    readonly keywords: ReadonlyMap<string, { readonly value: PythonValue; readonly offset: number }>,
  ) {}
}

/** Code that only Python can evaluate. */
export class PythonCode {
  constructor(readonly text: string) {}
}

const WORDS: Readonly<Record<string, PythonValue>> = { True: true, False: false, None: null }

/** Reads the arguments of the call whose opening bracket is at `open`. `names` knows the module's assignments. */
export function readCall(text: string, open: number, names: Names = new Map()): PythonCall {
  const name = /[\w.]*\s*$/.exec(text.slice(0, open))?.[0].trim() ?? ""
  return callAt({ text, at: open, names, depth: 0 }, name)
}

/** Reads one expression that begins at `offset`. */
export function readExpression(text: string, offset: number): PythonValue {
  return expression({ text, at: offset, names: new Map(), depth: 0 })
}

/** What names of the module stand for, as far as that is known. */
export interface Names {
  get(name: string): PythonValue | undefined
}

interface Scan {
  readonly text: string
  at: number
  readonly names: Names
  depth: number
}

/** Deeper nesting than people write is left as code. */
const DEEPEST = 100

function take(scan: Scan, pattern: RegExp): RegExpExecArray | undefined {
  const sticky = new RegExp(pattern.source, "y")
  sticky.lastIndex = scan.at
  const match = sticky.exec(scan.text)
  if (match === null) return undefined
  scan.at = sticky.lastIndex
  return match
}

const blank = (scan: Scan): void => void take(scan, /(?:\s|\\\n|#[^\n]*)*/)

function expression(scan: Scan): PythonValue {
  blank(scan)
  const start = scan.at
  const value = scan.depth < DEEPEST ? deeper(scan) : undefined
  blank(scan)
  const ended = scan.at >= scan.text.length || /[,)\]}:]/.test(scan.text[scan.at] ?? "")
  const lineEnded = scan.text.slice(start, scan.at).includes("\n") || /\n/.test(scan.text.slice(scan.at - 1, scan.at))
  if (value !== undefined && (ended || lineEnded)) return value
  scan.at = start
  skipCode(scan)
  return new PythonCode(scan.text.slice(start, scan.at).trim())
}

function deeper(scan: Scan): PythonValue | undefined {
  scan.depth++
  const value = atom(scan)
  scan.depth--
  return value
}

function atom(scan: Scan): PythonValue | undefined {
  const text = strings(scan)
  if (text !== undefined) return text
  const number = take(scan, /-?\d+(?:\.\d+)?(?![\w.])/)
  if (number !== undefined) return Number(number[0])
  const opening = scan.text[scan.at]
  if (opening === "[") return items(scan, "]").values
  if (opening === "(") {
    const group = items(scan, ")")
    return group.values.length === 1 && !group.comma ? group.values[0] : group.values
  }
  if (opening === "{") return dictionary(scan)
  const word = take(scan, /[A-Za-z_][\w.]*/)?.[0]
  if (word === undefined) return undefined
  if (word in WORDS) return WORDS[word]
  if (scan.text[scan.at] === "(") return callAt(scan, word)
  return scan.names.get(word)
}

function strings(scan: Scan): string | undefined {
  let text: string | undefined
  for (;;) {
    const match = take(
      scan,
      /[rRuUbB]{0,2}(?:"""((?:[^\\]|\\[\s\S])*?)"""|'''((?:[^\\]|\\[\s\S])*?)'''|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')/,
    )
    if (match === undefined) return text
    const body = match[1] ?? match[2] ?? match[3] ?? match[4] ?? ""
    text = (text ?? "") + body.replace(/\\(["'\\])/g, "$1").replace(/\\n/g, "\n")
    blank(scan)
  }
}

function items(scan: Scan, close: string): { values: readonly PythonValue[]; comma: boolean } {
  const values: PythonValue[] = []
  let comma = false
  scan.at++
  for (blank(scan); scan.at < scan.text.length && scan.text[scan.at] !== close; blank(scan)) {
    values.push(expression(scan))
    if (take(scan, /\s*,/) !== undefined) comma = true
    else if (scan.text[scan.at] !== close) skipCode(scan)
  }
  scan.at++
  return { values, comma }
}

function dictionary(scan: Scan): PythonValue {
  const table: Record<string, PythonValue> = {}
  scan.at++
  for (blank(scan); scan.at < scan.text.length && scan.text[scan.at] !== "}"; blank(scan)) {
    const key = expression(scan)
    if (take(scan, /\s*:/) !== undefined && typeof key === "string") table[key] = expression(scan)
    if (take(scan, /\s*,/) === undefined && scan.text[scan.at] !== "}") skipCode(scan)
    if (take(scan, /\s*:/) !== undefined) skipCode(scan)
  }
  scan.at++
  return table
}

function callAt(scan: Scan, name: string): PythonCall {
  const positional: PythonValue[] = []
  const keywords = new Map<string, { value: PythonValue; offset: number }>()
  scan.at++
  for (blank(scan); scan.at < scan.text.length && scan.text[scan.at] !== ")"; blank(scan)) {
    const offset = scan.at
    const keyword = take(scan, /([A-Za-z_]\w*)\s*=(?!=)/)?.[1]
    const value = expression(scan)
    if (keyword === undefined) positional.push(value)
    else keywords.set(keyword, { value, offset })
    blank(scan)
    if (scan.text[scan.at] === ",") scan.at++
    else if (scan.text[scan.at] !== ")") scan.at++
  }
  scan.at++
  return new PythonCall(name, positional, keywords)
}

/** Moves to the comma or closing bracket that ends the expression. */
function skipCode(scan: Scan): void {
  let depth = 0
  while (scan.at < scan.text.length) {
    if (take(scan, /#[^\n]*/) !== undefined || strings(scan) !== undefined) continue
    const char = scan.text[scan.at] ?? ""
    if ("([{".includes(char)) depth++
    else if (")]}".includes(char) && depth-- === 0) return
    else if (char === "," && depth === 0) return
    scan.at++
  }
}
