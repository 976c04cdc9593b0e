import type { Origin } from "./project.js"
import { type Names, PythonCall, PythonCode, type PythonValue, readCall, readExpression } from "./python-literals.js"

/** What `setup.py` hands to `setup()`, as far as it can be read without running it. */
export interface SetupCall {
  /** The whole source. */
  readonly text: string
  /** Value of a keyword; undefined when it is not given. Code that can't be read is a `PythonCode`. */
  get(keyword: string): PythonValue | undefined
  /** Value of a keyword when it is a plain string. */
  string(keyword: string): string | undefined
  /** Value of a keyword when it is a list of plain strings. */
  strings(keyword: string): readonly string[] | undefined
  /** True where the call hands over everything by keyword, so that a keyword that is absent is really absent. */
  readonly complete: boolean
  origin(keyword?: string): Origin
}

/** Reads `setup.py` without running it. */
export function readSetupPy(text: string): SetupCall {
  const found = [...text.matchAll(/^[ \t]*(?:[\w.]+\.)?setup\s*\(/gm)].at(-1)
  const call = found === undefined ? undefined : readCall(text, found.index + found[0].length - 1, assignments(text))
  const keywords = call?.keywords ?? new Map<string, { value: PythonValue; offset: number }>()
  const get = (keyword: string): PythonValue | undefined => keywords.get(keyword)?.value
  const splats = call?.positional.some((value) => value instanceof PythonCode && value.text.startsWith("**"))
  return {
    text,
    complete: call !== undefined && splats === false,
    get,
    string(keyword) {
      const value = get(keyword)
      return typeof value === "string" ? value : undefined
    },
    strings(keyword) {
      const value = get(keyword)
      return isStrings(value) ? value : undefined
    },
    origin(keyword) {
      const offset = (keyword === undefined ? undefined : keywords.get(keyword)?.offset) ?? found?.index
      return offset === undefined
        ? { file: "setup.py" }
        : { file: "setup.py", line: text.slice(0, offset).split("\n").length }
    },
  }
}

/** True for a list that holds nothing but strings. */
export function isStrings(value: PythonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string")
}

/** The keyword of a call, when the value is a call. */
export function argument(value: PythonValue | undefined, keyword: string): PythonValue | undefined {
  return value instanceof PythonCall ? value.keywords.get(keyword)?.value : undefined
}

/** Assignments at the left margin; of two, the last. A value is read when it is asked for. */
function assignments(text: string): Names {
  const offsets = new Map<string, number>()
  for (const match of text.matchAll(/^([A-Za-z_]\w*)\s*=(?!=)\s*/gm)) {
    if (match[1] !== undefined) offsets.set(match[1], match.index + match[0].length)
  }
  return {
    get(name) {
      const offset = offsets.get(name)
      if (offset === undefined) return undefined
      const value = readExpression(text, offset)
      return typeof value === "object" && value !== null && isFilledLater(name, text) ? new PythonCode(name) : value
    },
  }
}

/** True for a list or dictionary that further code fills: only Python knows under which condition it does. */
function isFilledLater(name: string, text: string): boolean {
  const change = String.raw`\.(?:append|extend|insert|update|setdefault|remove|pop)\(|\s*\[[^\]\n]*\]\s*=(?!=)|\s*[+|]=`
  return new RegExp(String.raw`^[ \t]*${name}(?:${change})|^[ \t]+${name}\s*=(?!=)`, "m").test(text)
}
