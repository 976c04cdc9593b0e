import { settingsJsonSchema } from "./settings.js"
import { asTable } from "./toml.js"

/** The form of a setting's value, as far as a text from the environment must be read by it. */
export type SettingForm = "text" | "number" | "boolean" | "texts" | "json"

/** A key of the settings. */
export interface SettingKey {
  /** Dotted, e.g. `python.versions`. */
  readonly path: string
  readonly form: SettingForm
}

/** The variable that sets a key. */
export function variableOf(path: string): string {
  return `QUILLON_${path.replaceAll(".", "_").replaceAll("-", "_").toUpperCase()}`
}

/** All keys that hold a value of their own. */
export function settingKeys(): readonly SettingKey[] {
  return keysOf(settingsJsonSchema(), [])
}

/** Names that may stand at a path: the keys of the table there. */
export function namesAt(path: readonly (string | number)[]): readonly string[] {
  let schema: unknown = settingsJsonSchema()
  for (const part of path) {
    const table = asTable(schema)
    schema = typeof part === "number" ? table.items : (asTable(table.properties)[part] ?? table.additionalProperties)
  }
  return Object.keys(asTable(asTable(schema).properties))
}

function keysOf(schema: unknown, path: readonly string[]): readonly SettingKey[] {
  const properties = Object.entries(asTable(asTable(schema).properties))
  return properties.flatMap(([name, value]) => {
    const inner = [...path, name]
    return asTable(value).properties === undefined
      ? [{ path: inner.join("."), form: formOf(value) }]
      : keysOf(value, inner)
  })
}

function formOf(schema: unknown): SettingForm {
  const table = asTable(schema)
  if (table.type === "array") return asTable(table.items).type === "string" ? "texts" : "json"
  if (table.type === "number" || table.type === "integer") return "number"
  if (table.type === "boolean") return "boolean"
  if (table.type === "object" || table.anyOf !== undefined) return "json"
  return "text"
}
