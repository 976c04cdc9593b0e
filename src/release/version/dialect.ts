import { readPep440, toPep440 } from "./pep440-text.js"
import type { Refusal } from "./refusal.js"
import { type Read, readSemVer } from "./semver-text.js"
import { toSemVer, type Version } from "./version.js"

/** How versions are written in a place: as people see them, or as Python does. */
export type Dialect = "semver" | "pep440"

/**
 * Reads a version in a dialect, else in the other one. The order matters: `1.2.0-0.dev.5` is a development version in
 * SemVer, while PEP 440 takes it for the development version of a post-release.
 */
export function readIn(dialect: Dialect, text: string): Read | Refusal {
  const [first, second] = dialect === "semver" ? [readSemVer, readPep440] : [readPep440, readSemVer]
  const read = first(text)
  if (read.kind === "version" || read.refusal !== "not-a-version") return read
  return second(text)
}

/** Writes a version in a dialect. */
export function writeIn(dialect: Dialect, version: Version): string {
  return dialect === "semver" ? toSemVer(version) : toPep440(version)
}
