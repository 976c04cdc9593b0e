import { asString, asTable, type TomlDocument } from "../../../project/toml.js"
import type { Spot } from "../place.js"
import { tomlString } from "./toml-string.js"

/** The newest layout of `uv.lock` whose own package entry is known to be the only place of the version. */
export const UV_LOCK_LAYOUT = 1

/** The entry of the project itself; an entry without version is dynamic and locks none. */
export function uvLockSpots(text: string, document: TomlDocument, name: string): readonly Spot[] {
  const packages = document.get("package")
  if (!Array.isArray(packages)) return []
  const index = packages.findIndex((entry) => {
    const { name: own, source } = asTable(entry)
    const { editable, virtual, directory } = asTable(source)
    return normalName(asString(own) ?? "") === normalName(name) && [editable, virtual, directory].includes(".")
  })
  const spot = index === -1 ? undefined : tomlString(text, document, ["package", index, "version"])
  return spot === undefined ? [] : [{ name: `locked ${name}`, ...spot }]
}

/** A distribution name as indexes compare it (PEP 503). */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-")
}
