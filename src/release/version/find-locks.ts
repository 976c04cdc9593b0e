import { QuillonError } from "../../errors.js"
import { readToml, type TomlDocument } from "../../project/toml.js"
import type { VersionFacts } from "./facts.js"
import { type Found, joinFound, NOTHING } from "./found.js"
import { placeIn } from "./place.js"
import { UV_LOCK_LAYOUT, uvLockSpots } from "./places/uv-lock.js"

/** Lock files. Those of poetry and pdm do not repeat the project's own version, but they must be readable. */
export function findLocks(facts: VersionFacts): Found {
  return joinFound(uvLock(facts), ...["poetry.lock", "pdm.lock"].map((file) => readable(facts, file)))
}

function uvLock({ subject, texts }: VersionFacts): Found {
  const text = texts.get("uv.lock")?.text
  if (text === undefined) return NOTHING
  const document = parse(text, "uv.lock")
  if ("troubles" in document) return document
  const layout = document.get("version")
  if (layout !== UV_LOCK_LAYOUT) {
    const message = `has layout ${String(layout)}, and only layout ${UV_LOCK_LAYOUT} is known`
    return { places: [], troubles: [{ file: "uv.lock", message, next: "uv lock, and a newer quillon" }] }
  }
  const spots = uvLockSpots(text, document, subject.name)
  return { places: spots.map((spot) => placeIn("uv.lock", text, spot)), troubles: [] }
}

function readable({ texts }: VersionFacts, file: string): Found {
  const text = texts.get(file)?.text
  if (text === undefined) return NOTHING
  const document = parse(text, file)
  return "troubles" in document ? document : NOTHING
}

function parse(text: string, file: string): TomlDocument | Found {
  try {
    return readToml(text, file)
  } catch (error) {
    if (!(error instanceof QuillonError)) throw error
    const message = error.message.replace(`${file}:`, "line ")
    return { places: [], troubles: [{ file, message, next: `lock again: ${file.replace(".lock", "")} lock` }] }
  }
}
