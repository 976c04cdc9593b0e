import { asString, asStrings, type TomlDocument } from "../../../project/toml.js"
import type { Spot } from "../place.js"
import { tomlString } from "./toml-string.js"

const KEYS: readonly (readonly [name: string, path: readonly string[]])[] = [
  ["[project] version", ["project", "version"]],
  ["[tool.poetry] version", ["tool", "poetry", "version"]],
  ["[tool.commitizen] version", ["tool", "commitizen", "version"]],
  ["[tool.bumpversion] current_version", ["tool", "bumpversion", "current_version"]],
]

/** Versions that `pyproject.toml` states itself. A placeholder for a version that a plugin fills in is none. */
export function pyprojectSpots(text: string, document: TomlDocument): readonly Spot[] {
  return KEYS.flatMap(([name, path]): Spot[] => {
    if (name === "[tool.poetry] version" && isPlaceholder(document)) return []
    const spot = tomlString(text, document, path)
    return spot === undefined ? [] : [{ name, ...spot }]
  })
}

/** poetry wants a version in its table even where a plugin or `[project]` decides. */
function isPlaceholder(document: TomlDocument): boolean {
  const filled = document.get("tool", "poetry-dynamic-versioning", "enable") === true
  const dynamic = asStrings(document.get("project", "dynamic")).includes("version")
  return filled || (!dynamic && asString(document.get("project", "version")) !== undefined && isZero(document))
}

function isZero(document: TomlDocument): boolean {
  return /^0(?:\.0)*$/.test(asString(document.get("tool", "poetry", "version")) ?? "")
}
