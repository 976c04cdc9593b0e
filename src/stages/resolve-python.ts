import { cleanText } from "../findings/clean-text.js"
import type { CouldNotLook } from "../pipeline/reading.js"
import type { Project } from "../project/project.js"
import { placeOfRequirement } from "./resolve-blame.js"

const EXCLUDED = /current Python version \([^)]+\) does not satisfy Python\S+ and (\S+) depends on Python([^\s,]+)/
const NO_WHEEL = /\b(\S+) has no wheels with a matching (Python ABI|Python version|platform) tag \(e\.g\., `([^`]+)`\)/

/**
 * A package that can't be had on the cell's interpreter, whatever else is required: by its `Requires-Python`, or because
 * it has wheels for others alone. Undefined where uv's explanation says nothing of the interpreter.
 */
export function excludedByPython(
  project: Project,
  { output, python, what }: { readonly output: string; readonly python: string; readonly what: string },
): CouldNotLook | undefined {
  const said = cleanText(output).replace(/\s+/g, " ")
  const refused = refusal(said)
  if (refused === undefined) return undefined
  const release = python.split(".").slice(0, 2).join(".")
  const { file, line } = placeOfRequirement(project, said)
  const where = file === undefined ? "" : `${file}${line === undefined ? "" : `:${line}`}: `
  return {
    kind: "errored",
    reason: `${where}${refused.package} can't be installed on Python ${release}: ${refused.why} (for ${what})`,
    next: `require a version that can be had on ${release}, there alone with a marker if need be (; python_version == "${release}"), or drop ${release}: python.versions`,
    detail: cleanText(output).trimEnd(),
  }
}

function refusal(said: string): { readonly package: string; readonly why: string } | undefined {
  const [, excluded, wanted] = EXCLUDED.exec(said) ?? []
  if (excluded !== undefined) return { package: excluded, why: `it needs Python ${wanted}` }
  const [, name, , tag] = NO_WHEEL.exec(said) ?? []
  if (name !== undefined) return { package: name, why: `it has no wheel for ${tag} and no sdist` }
  return undefined
}
