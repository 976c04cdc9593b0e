import { validRange } from "@renovatebot/pep440"
import { QuillonError } from "../errors.js"
import { admits, KNOWN_PYTHONS } from "./interpreters.js"
import type { Metadata } from "./metadata.js"
import type { Known } from "./metadata-readers.js"

/** A distribution name (PEP 508). */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/

/**
 * Refuses metadata that no tool can follow; what it says of Python does not matter where a setting names them.
 * @throws QuillonError INVALID_NAME, INVALID_REQUIRES_PYTHON or NO_KNOWN_PYTHON
 */
export function refuseMetadata(
  { name, requiresPython }: Pick<Metadata, "name" | "requiresPython">,
  { pythons }: { readonly pythons?: readonly string[] | undefined } = {},
): void {
  if (name !== undefined && !NAME.test(name.value)) {
    throw refusal("INVALID_NAME", name, {
      what: `"${name.value}" is no name of a distribution`,
      next: "Use letters, digits, and between them . _ or -.",
    })
  }
  if (requiresPython === undefined || pythons !== undefined) return
  const { value } = requiresPython
  if (value.trim() !== "" && !validRange(value)) {
    throw refusal("INVALID_REQUIRES_PYTHON", requiresPython, {
      what: `requires-python "${value}" is no version specifier`,
      next: 'Write one as in ">=3.11" or ">=3.11,<3.14".',
    })
  }
  if (KNOWN_PYTHONS.some((python) => admits(value, python))) return
  throw refusal("NO_KNOWN_PYTHON", requiresPython, {
    what: `requires-python "${value}" admits none of the Pythons ${KNOWN_PYTHONS[0]} to ${KNOWN_PYTHONS.at(-1)}`,
    next: "Correct it, or name the interpreters to examine: quillon.toml, python.versions",
  })
}

function refusal(
  code: string,
  { origin }: Known<string>,
  { what, next }: { what: string; next: string },
): QuillonError {
  const where = origin.line === undefined ? origin.file : `${origin.file}:${origin.line}`
  return new QuillonError({ code, message: `${where}: ${what}`, next, kind: "usage" })
}
