import { readSetupPy } from "../../../project/setup-py.js"
import { offsetOfLine, type Spot } from "../place.js"
import { maskPython } from "./python-mask.js"
import { pythonSpots } from "./python-module.js"

/** The version that `setup.py` hands to `setup()` as a literal, or as a name to which it assigns one. */
export function setupPySpots(text: string): readonly Spot[] {
  const call = readSetupPy(text)
  const value = call.string("version")
  const { line } = call.origin("version")
  if (value === undefined || line === undefined) return []
  const start = offsetOfLine(text, line)
  const masked = maskPython(text)
  const keyword = /\bversion\s*=\s*(?:[uU]?"([^"\\\n]*)"|[uU]?'([^'\\\n]*)'|([A-Za-z_]\w*))\s*(?=[,)\n]|$)/dg
  keyword.lastIndex = start
  const match = keyword.exec(masked)
  if (match === null) return []
  const name = match[3]
  if (name !== undefined) {
    const assigned = pythonSpots(text, [name]).at(-1)
    return assigned?.text === value ? [{ ...assigned, name: `setup(version) = ${name}` }] : []
  }
  const [offset] = match.indices?.[1] ?? match.indices?.[2] ?? [0]
  return (match[1] ?? match[2]) === value ? [{ name: "setup(version)", offset, text: value }] : []
}
