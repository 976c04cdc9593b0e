import { QuillonError } from "../errors.js"
import { type Settings, settingsSchema } from "../project/settings.js"
import type { Capsule } from "./schema.js"

/**
 * The settings of a run, with defaults for what it did not know yet.
 *
 * @throws QuillonError CAPSULE_SETTINGS where this version knows other settings
 */
export function readCapsuleSettings(
  { settings, quillon }: Capsule,
  { where, version }: { readonly where: string; readonly version: string },
): Settings {
  const { data, error } = settingsSchema.safeParse(settings)
  if (data !== undefined) return data
  const [issue] = error.issues
  throw new QuillonError({
    code: "CAPSULE_SETTINGS",
    message: `the settings in ${where} are those of Quillon ${quillon}, and this is ${version}: ${issue?.path.join(".")}: ${issue?.message}`,
    next: `npx quillon@${quillon} debug ${where}`,
    kind: "usage",
  })
}
