import { QuillonError } from "../../errors.js"
import { readToml } from "../../project/toml.js"
import { type ReaderSpec, readerSpecs } from "./backend-reader.js"
import { isSphinxConfiguration, versionModules } from "./candidate-files.js"
import type { VersionFacts } from "./facts.js"
import type { Found, FoundPlace, Trouble } from "./found.js"
import { placeIn, type Spot } from "./place.js"
import { MODULE_NAMES, pythonSpots, VERSION_NAMES } from "./places/python-module.js"
import { patternSpot } from "./places/python-pattern.js"
import { sphinxSpots } from "./places/sphinx-conf.js"
import { tomlString } from "./places/toml-string.js"
import { versionFileSpot } from "./places/version-file.js"

/** Places in Python code: what the build backend reads, what packages tell of themselves, Sphinx configurations. */
export function findModules(facts: VersionFacts): Found {
  const read = readers(facts)
  return { places: [...read.places, ...modules(facts), ...documentation(facts)], troubles: read.troubles }
}

function readers(facts: VersionFacts): Found {
  const text = (path: string) => facts.texts.get(path)?.text
  const places: FoundPlace[] = []
  const troubles: Trouble[] = []
  for (const spec of readerSpecs({ packages: facts.subject.packages, text })) {
    const file = spec.files.find((path) => facts.texts.has(path))
    if (file === undefined) {
      const seen = spec.files.find((path) => facts.unreadable.includes(path))
      if (seen === undefined) troubles.push(missing(spec))
      continue
    }
    const found = readBy(spec, text(file) ?? "")
    if (found === "pattern") {
      const message = "can't be searched: the pattern is no regular expression that is understood here"
      troubles.push({ file, message, next: `simplify ${spec.says.replace(/ path$/, " pattern")} in pyproject.toml` })
    }
    if (typeof found === "object") places.push({ ...placeIn(file, text(file) ?? "", found), claim: "reader" })
  }
  return { places, troubles }
}

function missing({ files, says }: ReaderSpec): Trouble {
  return {
    file: files[0] ?? "",
    message: `is not there, and ${says} names it`,
    next: `correct ${says}, or restore the file`,
  }
}

function readBy({ how }: ReaderSpec, text: string): Spot | "pattern" | undefined {
  switch (how.kind) {
    case "whole":
      return versionFileSpot(text)
    case "name":
      return pythonSpots(text, [how.name]).at(-1)
    case "toml":
      return tomlSpot(text, how.path)
    case "pattern":
      try {
        return patternSpot(text, how.pattern)
      } catch (error) {
        if (error instanceof SyntaxError) return "pattern"
        throw error
      }
  }
}

/** Cargo's version is SemVer. A file that is no TOML states none: the build says more of it. */
function tomlSpot(text: string, path: readonly string[]): Spot | undefined {
  try {
    const spot = tomlString(text, readToml(text, "Cargo.toml"), path)
    return spot === undefined ? undefined : { name: "crate version", ...spot, dialect: "semver" }
  } catch (error) {
    if (error instanceof QuillonError) return undefined
    throw error
  }
}

/** Without other claims, the first of these is what flit reads and what most `setup.py` search for. */
function modules({ subject, texts }: VersionFacts): readonly FoundPlace[] {
  const textOf = (path: string) => texts.get(path)?.text
  const files = subject.packages.flatMap((each) => versionModules(each, textOf))
  return files.flatMap((file) => {
    const text = textOf(file)
    if (text === undefined) return []
    const names = /\/(?:__init__)\.py$|^[^/]+\.py$/.test(file) ? MODULE_NAMES : VERSION_NAMES
    return pythonSpots(text, names).map(
      (spot): FoundPlace => ({
        ...placeIn(file, text, spot),
        ...(spot.name === "__version__" && spot.generatedBy === undefined ? { claim: "reader" as const } : {}),
      }),
    )
  })
}

function documentation({ texts }: VersionFacts): readonly FoundPlace[] {
  return [...texts].flatMap(([file, { text }]) =>
    isSphinxConfiguration(file)
      ? sphinxSpots(text).map((spot) => placeIn(file, text, { ...spot, name: `Sphinx ${spot.name}` }))
      : [],
  )
}
