import { QuillonError } from "../errors.js"
import type { Located } from "./extras.js"
import { poetryRequirements } from "./poetry-requirements.js"
import { normaliseName } from "./requirement.js"
import { asStrings, asTable, type TomlDocument } from "./toml.js"

/** Dependency groups by normalised name: PEP 735, and those of poetry, pdm and uv from before it. */
export interface Groups {
  readonly names: readonly string[]
  /** @throws QuillonError CIRCULAR_GROUP or UNKNOWN_GROUP */
  expand(name: string): readonly Located[]
}

/** Reads the groups of a pyproject.toml. */
export function readGroups(pyproject: TomlDocument | undefined): Groups {
  const standard = new Map(
    Object.keys(asTable(pyproject?.get("dependency-groups"))).map((name) => [normaliseName(name), name]),
  )
  const older = pyproject === undefined ? new Map<string, readonly Located[]>() : olderGroups(pyproject)
  return {
    names: [...new Set([...standard.keys(), ...older.keys()])],
    expand(name) {
      const key = standard.get(normaliseName(name))
      if (key === undefined || pyproject === undefined) return older.get(normaliseName(name)) ?? []
      return [...expandStandard(pyproject, key, []), ...(older.get(normaliseName(name)) ?? [])]
    },
  }
}

function expandStandard(pyproject: TomlDocument, key: string, trail: readonly string[]): readonly Located[] {
  const table = asTable(pyproject.get("dependency-groups"))
  const entries = table[key]
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown, index): readonly Located[] => {
    const origin = pyproject.origin("dependency-groups", key, index)
    if (typeof entry === "string") return [{ text: entry, origin }]
    const included = asTable(entry)["include-group"]
    if (typeof included !== "string") return []
    const target = Object.keys(table).find((name) => normaliseName(name) === normaliseName(included))
    const where = `${origin.file}:${origin.line ?? 1}`
    if (target === undefined) {
      throw new QuillonError({
        code: "UNKNOWN_GROUP",
        message: `${where}: group "${key}" includes "${included}", which is no dependency group`,
        next: `Name one of: ${Object.keys(table).join(", ")}.`,
        kind: "usage",
      })
    }
    if (target === key || trail.includes(target)) {
      throw new QuillonError({
        code: "CIRCULAR_GROUP",
        message: `${where}: dependency groups include one another: ${[...trail, key, target].join(" → ")}`,
        next: `Take the include-group out of "${key}" or "${target}".`,
        kind: "usage",
      })
    }
    return expandStandard(pyproject, target, [...trail, key])
  })
}

function olderGroups(pyproject: TomlDocument): ReadonlyMap<string, readonly Located[]> {
  const groups = new Map<string, readonly Located[]>()
  const add = (name: string, located: readonly Located[]): void => {
    const key = normaliseName(name)
    groups.set(key, [...(groups.get(key) ?? []), ...located])
  }
  const lists = (path: readonly string[]): void => {
    for (const [name, list] of Object.entries(asTable(pyproject.get(...path)))) {
      add(
        name,
        asStrings(list).map((text, index) => ({ text, origin: pyproject.origin(...path, name, index) })),
      )
    }
  }
  const poetry = (name: string, path: readonly string[]): void => {
    const requirements = poetryRequirements(asTable(pyproject.get(...path)))
    if (requirements.length > 0) {
      add(
        name,
        requirements.map((each) => ({ text: each.text, origin: pyproject.origin(...path, each.name) })),
      )
    }
  }
  lists(["tool", "pdm", "dev-dependencies"])
  const uv = ["tool", "uv", "dev-dependencies"]
  const uvList = asStrings(pyproject.get(...uv))
  if (uvList.length > 0)
    add(
      "dev",
      uvList.map((text, index) => ({ text, origin: pyproject.origin(...uv, index) })),
    )
  poetry("dev", ["tool", "poetry", "dev-dependencies"])
  for (const name of Object.keys(asTable(pyproject.get("tool", "poetry", "group")))) {
    poetry(name, ["tool", "poetry", "group", name, "dependencies"])
  }
  return groups
}
