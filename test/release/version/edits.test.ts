import fc from "fast-check"
import { expect, test } from "vitest"
import { checkVersions } from "../../../src/release/version/check.js"
import { applyEdits, byFile } from "../../../src/release/version/edits.js"
import { syncEdits } from "../../../src/release/version/repair.js"
import { factsOf, pyproject } from "./facts-of.js"

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (of: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(of)

test("edits replace what they name, whatever their order", () => {
  const edits = [
    { file: "a", line: 1, offset: 6, before: "1.0", after: "2.0.0" },
    { file: "a", line: 1, offset: 0, before: "1.0", after: "2.0.0" },
  ]
  expect(text(applyEdits(bytes("1.0 é 1.0\r\n"), edits))).toBe("2.0.0 é 2.0.0\r\n")
})

test("a byte order mark stays, and offsets are counted after it", () => {
  const edits = [{ file: "a", line: 1, offset: 2, before: "1.0", after: "2" }]
  expect(text(applyEdits(bytes("\ufeffv 1.0\n"), edits))).toBe("\ufeffv 2\n")
})

test("a file that has changed since is not written", () => {
  const edits = [{ file: "a.py", line: 1, offset: 0, before: "1.0", after: "2.0" }]
  expect(() => applyEdits(bytes("1.1"), edits)).toThrow(expect.objectContaining({ code: "FILE_CHANGED" }))
})

/** What may stand around a version: text of any script, line ends of all kinds, a mark at the head. */
const around = fc
  .array(fc.constantFrom("x", "é", "😀", " ", "\t", "\r\n", "\n", "# c", "[a]", "'q'", '"d"', "= 1", "\\"), {
    maxLength: 12,
  })
  .map((parts) => parts.join(""))
const head = fc.constantFrom("", "\ufeff")
const end = fc.constantFrom("\n", "\r\n")

/** One way in which each kind of file states a version, with any text before and after it. */
const STATED: readonly (readonly [file: string, before: string, after: string])[] = [
  ["src/demo/__init__.py", "__version__ = '", "'  # keep"],
  ["src/demo/_version.py", 'version: str = "', '"'],
  ["CITATION.cff", "version: ", " # keep"],
  ["CITATION.cff", 'version: "', '"'],
  ["docs/conf.py", "release = u'", "'"],
  ["Chart.yaml", "appVersion: '", "'"],
  ["Dockerfile", 'LABEL org.opencontainers.image.version="', '" x=y'],
  ["setup.py", "setup(name='demo', version='", "')"],
]

test("sync changes the version and no other byte, in every kind of file", () => {
  fc.assert(
    fc.property(fc.constantFrom(...STATED), head, around, around, end, (stated, mark, before, after, newline) => {
      const [file, left, right] = stated
      // Quotes and backslashes before a statement would make another program of it.
      const comment = `# ${before.replace(/[\r\n"'\\]/g, "")}`
      const lead = `${mark}${comment}${newline}${left}`
      const tail = `${right}${newline}# ${after.replace(/[\r\n]/g, "")}${newline}`
      const old = `${lead}1.4.0${tail}`
      const facts = factsOf({ files: { VERSION: "10.20.30\n", [file]: old } })
      const own = byFile(syncEdits(checkVersions(facts))).get(file) ?? []
      expect(text(applyEdits(bytes(old), own))).toBe(`${lead}10.20.30${tail}`)
    }),
    { numRuns: 800 },
  )
})

test("TOML keeps comments, quotes, order and line ends", () => {
  const old =
    "\ufeff# head\r\n[project] # table\r\nname='demo'\r\nversion   =   '1.0'   # keep me: version = \"1.0\"\r\n\r\n[tool.x]\r\nversion = '1.0'\r\n"
  const facts = factsOf({ files: { VERSION: "2.0.0\n", "pyproject.toml": old } })
  const edits = syncEdits(checkVersions(facts))
  expect(text(applyEdits(bytes(old), edits))).toBe(old.replace("=   '1.0'", "=   '2.0.0'"))
})

test("a lock changes in the entry of the project alone", () => {
  const old =
    'version = 1\n\n[[package]]\nname = "dep"\nversion = "1.0"\n\n[[package]]\nname = "demo"\nversion = "1.0"\nsource = { editable = "." }\n'
  const facts = factsOf({ files: { "pyproject.toml": pyproject("1.1"), "uv.lock": old } })
  const edits = syncEdits(checkVersions(facts))
  expect(text(applyEdits(bytes(old), edits))).toBe(old.replace('"demo"\nversion = "1.0"', '"demo"\nversion = "1.1"'))
})
