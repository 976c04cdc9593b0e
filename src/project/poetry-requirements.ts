import { poetrySpecifier } from "./poetry-specifier.js"
import { asString, asStrings, asTable, type Table } from "./toml.js"

/** A poetry dependency table in the words of PEP 508. `python` and optional entries are left out, path dependencies too. */
export function poetryRequirements(table: Table): readonly { readonly name: string; readonly text: string }[] {
  return Object.entries(table).flatMap(([name, value]) => {
    if (name === "python") return []
    return variants(value).flatMap((entry) => {
      const text = entry.optional === true ? undefined : requirement(name, entry)
      return text === undefined ? [] : [{ name, text }]
    })
  })
}

/** A single poetry dependency, for the extras that name it. */
export function poetryRequirement(name: string, value: unknown): readonly string[] {
  return variants(value).flatMap((entry) => requirement(name, entry) ?? [])
}

function variants(value: unknown): readonly Table[] {
  if (typeof value === "string") return [{ version: value }]
  return Array.isArray(value) ? value.map(asTable) : [asTable(value)]
}

function requirement(name: string, entry: Table): string | undefined {
  if (entry.path !== undefined) return undefined
  const extras = asStrings(entry.extras)
  const head = extras.length > 0 ? `${name}[${extras.join(",")}]` : name
  const git = asString(entry.git)
  const url = git === undefined ? asString(entry.url) : `git+${git}${gitReference(entry)}`
  const version = url === undefined ? specifier(asString(entry.version) ?? "*") : ""
  const marker = markers(entry)
  return `${head}${url === undefined ? version : ` @ ${url}`}${marker === "" ? "" : ` ; ${marker}`}`
}

function specifier(version: string): string {
  const text = poetrySpecifier(version)
  return text === ">=0" ? "" : text
}

function gitReference(entry: Table): string {
  const reference = asString(entry.rev) ?? asString(entry.tag) ?? asString(entry.branch)
  return reference === undefined ? "" : `@${reference}`
}

function markers(entry: Table): string {
  const python = asString(entry.python)
  const ranges = python === undefined ? [] : poetrySpecifier(python).split(",").map(pythonMarker)
  const platform = asString(entry.platform)
  const own = asString(entry.markers)
  return [
    ...ranges,
    ...(platform === undefined ? [] : [`sys_platform == "${platform}"`]),
    ...(own === undefined ? [] : [ranges.length > 0 ? `(${own})` : own]),
  ].join(" and ")
}

function pythonMarker(range: string): string {
  const [, operator = ">=", version = "3"] = /^([<>=!~]+)\s*(.+)$/.exec(range.trim()) ?? []
  return `python_version ${operator} "${version}"`
}
