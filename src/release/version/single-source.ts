import { QuillonError } from "../../errors.js"
import { asString, asStrings, readToml, type TomlDocument } from "../../project/toml.js"
import type { Edit } from "./edits.js"
import { lineAt, offsetOfLine } from "./place.js"

/** A backend that can be told to read the version from a file which holds nothing else. */
export type FileReadingBackend = "hatchling" | "setuptools"

const TABLES: Readonly<Record<FileReadingBackend, { readonly table: string; readonly lines: readonly string[] }>> = {
  hatchling: { table: "tool.hatch.version", lines: ['path = "VERSION"', String.raw`pattern = '^(?P<version>\S+)$'`] },
  setuptools: { table: "tool.setuptools.dynamic", lines: ['version = { file = ["VERSION"] }'] },
}

/** The backend as one that reads a file; undefined for those that can't (flit, poetry, pdm and uv read code or a table). */
export function fileReadingBackend(buildBackend: string): FileReadingBackend | undefined {
  if (/^hatchling\b/.test(buildBackend)) return "hatchling"
  return /^setuptools\b/.test(buildBackend) ? "setuptools" : undefined
}

/**
 * The edits of `pyproject.toml` after which its backend reads the version from the file VERSION, in place of stating
 * it: `version` becomes `dynamic`, and the backend's table is added. All other bytes stay.
 *
 * @throws QuillonError CANT_READ_VERSION_FILE where the text is laid out so that this can't be done safely.
 */
export function readFromVersionFile(text: string, backend: FileReadingBackend): readonly Edit[] {
  const document = readToml(text, "pyproject.toml")
  const stated = asString(document.get("project", "version"))
  const { line } = document.origin("project", "version")
  if (stated === undefined || line === undefined) throw cant("[project] states no version")
  const own = lineOf(text, line)
  if (!/^[ \t]*version[ \t]*=/.test(own.text)) throw cant(`line ${line} holds more than the version`)
  const newline = own.text.endsWith("\r\n") ? "\r\n" : "\n"
  return [dynamicEdit(text, document, { own, line, newline }), tableEdit(text, document, { backend, newline })]
    .flat()
    .sort((a, b) => a.offset - b.offset)
}

interface Line {
  readonly offset: number
  readonly text: string
}

function lineOf(text: string, line: number): Line {
  const offset = offsetOfLine(text, line)
  return { offset, text: text.slice(offset, offsetOfLine(text, line + 1)) }
}

function edit(change: Omit<Edit, "file">): Edit {
  return { file: "pyproject.toml", ...change }
}

/** `version = …` becomes `dynamic = ["version"]`, or goes into the list that is there. */
function dynamicEdit(
  text: string,
  document: TomlDocument,
  { own, line, newline }: { own: Line; line: number; newline: string },
): readonly Edit[] {
  if (document.get("project", "dynamic") === undefined) {
    const kept = own.text.endsWith("\n") ? newline : ""
    return [edit({ line, offset: own.offset, before: own.text, after: `dynamic = ["version"]${kept}` })]
  }
  const listed = asStrings(document.get("project", "dynamic"))
  const at = document.origin("project", "dynamic").line ?? 0
  const list = lineOf(text, at)
  const open = list.text.indexOf("[")
  if (open === -1) throw cant(`line ${at} does not open the list of dynamic fields`)
  const item = listed.length === 0 ? '"version"' : '"version", '
  return [
    edit({ line, offset: own.offset, before: own.text, after: "" }),
    edit({ line: at, offset: list.offset + open + 1, before: "", after: item }),
  ]
}

/** Adds the backend's lines to its table, or the table at the end. */
function tableEdit(
  text: string,
  document: TomlDocument,
  { backend, newline }: { backend: FileReadingBackend; newline: string },
): readonly Edit[] {
  const { table, lines } = TABLES[backend]
  const path = table.split(".")
  const body = lines.map((each) => each + newline).join("")
  if (document.get(...path) === undefined) {
    const gap = text.endsWith("\n") ? newline : newline + newline
    return [
      edit({
        line: lineAt(text, text.length),
        offset: text.length,
        before: "",
        after: `${gap}[${table}]${newline}${body}`,
      }),
    ]
  }
  const header = document.origin(...path).line ?? 0
  const found = lineOf(text, header)
  if (backend === "hatchling" || document.get(...path, "version") !== undefined)
    throw cant(`[${table}] is there already`)
  if (found.text.trim() !== `[${table}]`) throw cant(`line ${header} is not the plain header [${table}]`)
  return [edit({ line: header, offset: found.offset + found.text.length, before: "", after: body })]
}

function cant(why: string): QuillonError {
  return new QuillonError({
    code: "CANT_READ_VERSION_FILE",
    message: `pyproject.toml can't be made to read VERSION: ${why}`,
    next: 'write dynamic = ["version"] and the table of your build backend by hand',
    kind: "usage",
  })
}
