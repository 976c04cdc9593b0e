import { createHash } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { FixPlaces } from "../../../cli/fix/pending-fix.js"
import type { FixedFile } from "../../../src/stages/fix-lint-reading.js"

/** Writes a file of the project and what a fix made of it, as a run would leave them. */
export function leaveFix({ project, fixed }: FixPlaces, path: string, texts: readonly [string, string]): FixedFile {
  for (const [folder, text] of [
    [project, texts[0]],
    [fixed, texts[1]],
  ] as const) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { path, before: createHash("sha256").update(texts[0]).digest("hex") }
}
