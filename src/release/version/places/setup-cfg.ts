import type { IniDocument } from "../../../project/ini.js"
import { offsetOfLine, type Spot } from "../place.js"

const KEYS: readonly (readonly [name: string, section: string, key: string])[] = [
  ["[metadata] version", "metadata", "version"],
  ["[bumpversion] current_version", "bumpversion", "current_version"],
]

/** Versions that `setup.cfg` states itself; `attr:` and `file:` name another place. */
export function setupCfgSpots(text: string, document: IniDocument): readonly Spot[] {
  return KEYS.flatMap(([name, section, key]): Spot[] => {
    const value = document.get(section, key)
    const { line } = document.origin(section, key)
    if (value === undefined || line === undefined || !/^\S+$/.test(value)) return []
    // The value may stand on the line after its key.
    const start = offsetOfLine(text, line)
    const at = text.slice(start, offsetOfLine(text, line + 3)).search(/[=:]/)
    const offset = text.indexOf(value, start + at + 1)
    return at === -1 || offset === -1 ? [] : [{ name, offset, text: value }]
  })
}
