import { type Settings, settingsSchema } from "./settings.js"
import { settingError } from "./settings-errors.js"
import {
  environmentLayer,
  fileLayer,
  flagLayer,
  merge,
  type SettingSource,
  type SettingsLayer,
} from "./settings-layers.js"
import type { Snapshot } from "./snapshot.js"
import { asTable, type Table } from "./toml.js"

/** Where settings come from besides the project's files. */
export interface SettingsInput {
  /** Environment in which `QUILLON_*` are looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Settings of flags by dotted key, e.g. `{ "python.versions": ["3.11"] }`. */
  readonly flags?: Readonly<Record<string, unknown>>
  /** Settings as another run had them: neither files nor environment nor flags are looked at. */
  readonly resolved?: Settings
}

/** Settings and what set them. */
export interface LoadedSettings {
  readonly settings: Settings
  /** By dotted key, for every key that something set. */
  readonly provenance: Readonly<Record<string, SettingSource>>
}

/**
 * Merges file, environment and flags, the later over the earlier, and checks the whole.
 * @throws QuillonError UNKNOWN_SETTING, INVALID_SETTING, TWO_SETTINGS_FILES or BROKEN_TOML
 */
export function loadSettings(snapshot: Snapshot, input: SettingsInput): LoadedSettings {
  if (input.resolved !== undefined) return { settings: input.resolved, provenance: {} }
  const layers = [fileLayer(snapshot), environmentLayer(input.env ?? {}), flagLayer(input.flags ?? {})].filter(
    (layer) => layer !== undefined,
  )
  const values = layers.reduce<Table>((merged, layer) => merge(merged, layer.values), {})
  const parsed = settingsSchema.safeParse(values)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (issue !== undefined) throw settingError(issue, { values, layers })
  }
  return { settings: parsed.data ?? settingsSchema.parse(values), provenance: provenanceOf(layers) }
}

function provenanceOf(layers: readonly SettingsLayer[]): Readonly<Record<string, SettingSource>> {
  const provenance: Record<string, SettingSource> = {}
  for (const layer of layers) {
    for (const path of leaves(layer.values, [])) provenance[path.join(".")] = layer.source(path)
  }
  return provenance
}

function leaves(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  const entries = Object.entries(asTable(value))
  if (entries.length === 0) return path.length === 0 ? [] : [path]
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]))
}
