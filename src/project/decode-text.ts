/** Python's own names of encodings where the platform's decoder has another. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^latin-?(\d+)$/, "latin$1"],
  [/^cp-?(125\d|874)$/, "windows-$1"],
  [/^cp-?(866)$/, "ibm$1"],
]

/** PEP 263: the declaration stands in one of the first two lines, in a comment. */
const DECLARED = /^(?:[ \t\f]*(?:#[^\n]*)?\r?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)/

/** The encoding other than UTF-8 that a Python source declares for itself (PEP 263), as the platform's decoder names it. */
export function declaredEncoding(source: string): string | undefined {
  const declared = DECLARED.exec(source)?.[1]?.toLowerCase().replaceAll("_", "-")
  if (declared === undefined || /^(?:utf-?8(?:-sig)?|u8|(?:us-?)?ascii)$/.test(declared)) return undefined
  return NAMES.reduce((name, [pattern, replacement]) => name.replace(pattern, replacement), declared)
}

/** How a file is decoded. */
export interface DecodeOptions {
  readonly path: string
  /** A byte order mark at the head is cut off unless it is to be kept. */
  readonly marks?: "kept"
}

/** Text of a file: UTF-8, or what a Python source says of itself; undefined where it is neither. */
export function decodeText(bytes: Uint8Array, { path, marks }: DecodeOptions): string | undefined {
  const ignoreBOM = marks === "kept"
  return decode(bytes, { encoding: "utf-8", ignoreBOM }) ?? (path.endsWith(".py") ? decodeSource(bytes) : undefined)
}

function decodeSource(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1000))
  const encoding = declaredEncoding(head)
  return encoding === undefined ? undefined : decode(bytes, { encoding, ignoreBOM: true })
}

function decode(bytes: Uint8Array, { encoding, ignoreBOM }: { encoding: string; ignoreBOM: boolean }) {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The first byte that is no UTF-8, with the 1-based line on which it stands; undefined where all are. */
export function undecodableByte(bytes: Uint8Array): { readonly line: number; readonly byte: number } | undefined {
  if (decode(bytes, { encoding: "utf-8", ignoreBOM: true }) !== undefined) return undefined
  let start = 0
  for (let line = 1; start <= bytes.length; line++) {
    const end = bytes.indexOf(0x0a, start)
    const text = bytes.subarray(start, end === -1 ? bytes.length : end)
    const at = decode(text, { encoding: "utf-8", ignoreBOM: true }) === undefined ? firstBad(text) : undefined
    if (at !== undefined) return { line, byte: text[at] ?? 0 }
    start += text.length + 1
  }
  return undefined
}

/** Where the longest prefix ends that can still become UTF-8. */
function firstBad(text: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  for (let at = 0; at < text.length; at++) {
    try {
      decoder.decode(text.subarray(at, at + 1), { stream: true })
    } catch {
      return at
    }
  }
  return text.length - 1
}
