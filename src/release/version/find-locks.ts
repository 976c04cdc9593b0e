import { QuillonError } from "../../errors.js"
import { asTable, readToml, type TomlDocument } from "../../project/toml.js"
import type { VersionFacts } from "./facts.js"
import { type Found, joinFound, NOTHING } from "./found.js"
import { placeIn } from "./place.js"
import { tomlString } from "./places/toml-string.js"
import { UV_LOCK_LAYOUT, uvLockSpots } from "./places/uv-lock.js"

/** Lock files. Those of poetry and pdm do not repeat the project's own version, but they must be readable. */
export function findLocks(facts: VersionFacts): Found {
  return joinFound(uvLock(facts), cargoLock(facts), ...["poetry.lock", "pdm.lock"].map((file) => readable(facts, file)))
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

/** The crate's own entry has no source; Cargo.toml is read only where its version is the project's. */
function cargoLock({ texts }: VersionFacts): Found {
  const text = texts.get("Cargo.lock")?.text
  const manifest = texts.get("Cargo.toml")?.text
  if (text === undefined || manifest === undefined) return NOTHING
  const [lock, crate] = [parse(text, "Cargo.lock"), parse(manifest, "Cargo.toml")]
  if ("troubles" in lock) return lock
  const name = "troubles" in crate ? undefined : crate.get("package", "name")
  const packages = lock.get("package")
  const index = Array.isArray(packages)
    ? packages.map(asTable).findIndex((each) => each.name === name && each.source === undefined)
    : -1
  const spot = name === undefined || index === -1 ? undefined : tomlString(text, lock, ["package", index, "version"])
  return spot === undefined
    ? NOTHING
    : { places: [placeIn("Cargo.lock", text, { name: "locked crate", ...spot, dialect: "semver" })], troubles: [] }
}

function readable({ texts }: VersionFacts, file: string): Found {
  const text = texts.get(file)?.text
  if (text === undefined) return NOTHING
  const document = parse(text, file)
  return "troubles" in document ? document : NOTHING
}

const RELOCK: Readonly<Record<string, string>> = { "Cargo.lock": "cargo generate-lockfile" }

function parse(text: string, file: string): TomlDocument | Found {
  try {
    return readToml(text, file)
  } catch (error) {
    if (!(error instanceof QuillonError)) throw error
    const message = error.message.replace(`${file}:`, "line ")
    return {
      places: [],
      troubles: [{ file, message, next: `lock again: ${RELOCK[file] ?? `${file.replace(".lock", "")} lock`}` }],
    }
  }
}
