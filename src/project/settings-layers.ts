import { TomlDate } from "smol-toml"
import { QuillonError } from "../errors.js"
import { distance } from "./nearest.js"
import type { Origin } from "./project.js"
import { type SettingKey, settingKeys, variableOf } from "./setting-keys.js"
import type { Snapshot } from "./snapshot.js"
import { asTable, readToml, type Table } from "./toml.js"

/** What set a setting. */
export type SettingSource =
  | { readonly kind: "file"; readonly origin: Origin }
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "flag" }

/** Settings from one place, before they are checked. */
export interface SettingsLayer {
  readonly values: Table
  /** What set the value at a path. */
  source(path: readonly (string | number)[]): SettingSource
}

/** Settings of `[tool.quillon]` or quillon.toml. @throws QuillonError TWO_SETTINGS_FILES or BROKEN_TOML */
export function fileLayer(snapshot: Snapshot): SettingsLayer | undefined {
  const { pyproject } = snapshot
  const own = snapshot.text("quillon.toml")
  const table = pyproject?.get("tool", "quillon")
  if (own !== undefined && table !== undefined) {
    const line = pyproject?.origin("tool", "quillon").line ?? 1
    throw new QuillonError({
      code: "TWO_SETTINGS_FILES",
      message: `settings stand in two places: quillon.toml and pyproject.toml:${line} [tool.quillon]`,
      next: "Move all of them into one of the two.",
      kind: "usage",
    })
  }
  if (own !== undefined) {
    const document = readToml(own, "quillon.toml")
    return {
      values: asTable(plain(document.table)),
      source: (path) => ({ kind: "file", origin: document.origin(...path) }),
    }
  }
  if (pyproject === undefined || table === undefined) return undefined
  return {
    values: asTable(plain(table)),
    source: (path) => ({ kind: "file", origin: pyproject.origin("tool", "quillon", ...path) }),
  }
}

/** Settings of `QUILLON_*` variables: `QUILLON_COVERAGE_MINIMUM=90`. @throws QuillonError INVALID_SETTING */
export function environmentLayer(env: Readonly<Record<string, string | undefined>>): SettingsLayer | undefined {
  const given = Object.keys(env).filter((name) => name.startsWith("QUILLON_") && env[name] !== "")
  if (given.length === 0) return undefined
  const all = settingKeys()
  refuseSlips(
    given,
    all.map(({ path }) => variableOf(path)),
  )
  const keys = all.filter((key) => given.includes(variableOf(key.path)))
  const values = keys.reduce<Table>((table, key) => {
    const variable = variableOf(key.path)
    return merge(table, nest(key.path, readText(env[variable] ?? "", { key, variable })))
  }, {})
  return keys.length === 0
    ? undefined
    : { values, source: (path) => ({ kind: "environment", variable: variableOf(known(keys, path)) }) }
}

/** Refuses a variable that is nearly the name of a setting; others may be meant for other programs. */
function refuseSlips(given: readonly string[], known: readonly string[]): void {
  for (const variable of given) {
    const meant = known.find((name) => distance(variable, name) <= 2)
    if (meant === undefined || known.includes(variable)) continue
    throw new QuillonError({
      code: "UNKNOWN_SETTING",
      message: `${variable}: no such setting; did you mean ${meant}?`,
      next: `Set ${meant}, or unset ${variable}.`,
      kind: "usage",
    })
  }
}

/** Settings of flags, by dotted key. */
export function flagLayer(flags: Readonly<Record<string, unknown>>): SettingsLayer | undefined {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined)
  if (given.length === 0) return undefined
  const values = given.reduce<Table>((table, [path, value]) => merge(table, nest(path, value)), {})
  return { values, source: () => ({ kind: "flag" }) }
}

/** Merges tables key by key; anything else of the second replaces the first. */
export function merge(first: Table, second: Table): Table {
  const merged: Record<string, unknown> = { ...first }
  for (const [key, value] of Object.entries(second)) {
    merged[key] = isTable(merged[key]) && isTable(value) ? merge(asTable(merged[key]), asTable(value)) : value
  }
  return merged
}

const isTable = (value: unknown): boolean => Object.keys(asTable(value)).length > 0

function known(keys: readonly SettingKey[], path: readonly (string | number)[]): string {
  const dotted = path.join(".")
  return keys.find((key) => dotted === key.path || dotted.startsWith(`${key.path}.`))?.path ?? dotted
}

function nest(path: string, value: unknown): Table {
  return path.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Table
}

function readText(text: string, { key, variable }: { key: SettingKey; variable: string }): unknown {
  switch (key.form) {
    case "text":
      return text
    case "number":
      return /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : text
    case "boolean":
      return { true: true, "1": true, false: false, "0": false }[text.toLowerCase()] ?? text
    case "texts":
      return text.trim().startsWith("[") ? readJson(text, variable) : text.split(/[\s,]+/).filter((word) => word !== "")
    case "json":
      return /^[[{\d]/.test(text.trim()) ? readJson(text, variable) : text
  }
}

function readJson(text: string, variable: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new QuillonError(
      {
        code: "INVALID_SETTING",
        message: `${variable} is no valid JSON: ${text}`,
        next: `Write the value of ${variable} as JSON.`,
        kind: "usage",
      },
      { cause: error },
    )
  }
}

/** TOML's dates as the texts that people wrote, and its long integers as numbers. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value)
  if (value instanceof TomlDate) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
