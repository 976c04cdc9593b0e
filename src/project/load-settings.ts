import { type Settings, settingsSchema } from "./settings.js"
import type { Snapshot } from "./snapshot.js"

/** Where settings come from besides the project's files. */
export interface SettingsInput {
  /** Environment in which `QUILLON_*` are looked up. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Settings of flags by dotted key, e.g. `{ "python.versions": ["3.11"] }`. */
  readonly flags?: Readonly<Record<string, unknown>>
}

/** Settings and what set them. */
export interface LoadedSettings {
  readonly settings: Settings
  readonly provenance: Readonly<Record<string, string>>
}

/** Merges file, environment and flags. */
export function loadSettings(snapshot: Snapshot, _input: SettingsInput): LoadedSettings {
  return { settings: settingsSchema.parse(snapshot.pyproject?.get("tool", "quillon") ?? {}), provenance: {} }
}
