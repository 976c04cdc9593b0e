import { QuillonError } from "../../errors.js"
import type { Edit } from "./edits.js"
import { lineAt, offsetOfLine } from "./place.js"
import { pythonSpots } from "./places/python-module.js"

/** A Python module and the distribution that installs it. */
export interface ModuleOfDistribution {
  readonly file: string
  readonly text: string
  readonly distribution: string
}

/**
 * The edits after which `__version__` is what the installed metadata says, in place of a copy of it.
 *
 * @throws QuillonError CANT_READ_METADATA where the module does not assign one plain string to `__version__`.
 */
export function readFromMetadata({ file, text, distribution }: ModuleOfDistribution): readonly Edit[] {
  const spots = pythonSpots(text, ["__version__"])
  const [spot] = spots
  if (spot === undefined || spots.length > 1 || spot.notation !== "whole") {
    throw new QuillonError({
      code: "CANT_READ_METADATA",
      message: `${file} does not assign one plain string to __version__`,
      next: `write from importlib.metadata import version; __version__ = version("${distribution}")`,
      kind: "usage",
    })
  }
  const line = lineAt(text, spot.offset)
  const start = offsetOfLine(text, line)
  const newline = text.slice(start, offsetOfLine(text, line + 1)).endsWith("\r\n") ? "\r\n" : "\n"
  const open = /[uU]/.test(text[spot.offset - 2] ?? "") ? 2 : 1
  const literal = spot.offset - open
  return [
    {
      file,
      line,
      offset: start,
      before: "",
      after: `from importlib.metadata import version as _version${newline}${newline}`,
    },
    {
      file,
      line,
      offset: literal,
      before: text.slice(literal, spot.offset + spot.text.length + 1),
      after: `_version("${distribution}")`,
    },
  ]
}
