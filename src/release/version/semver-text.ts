import parse from "semver/functions/parse.js"
import { type Refusal, refuse } from "./refusal.js"
import type { PreLabel, Version } from "./version.js"

/** A text that was read as a version of the domain. */
export interface Read {
  readonly kind: "version"
  readonly version: Version
}

const LOOKS_LIKE_SEMVER = /^\d+\.\d+\.\d+(?:[-+]|$)/
const LABELS: readonly PreLabel[] = ["alpha", "beta", "rc"]

/** Reads a SemVer 2.0.0 text of the domain, without prefix and blanks. */
export function readSemVer(text: string): Read | Refusal {
  const parsed = text === text.trim() && /^\d/.test(text) ? parse(text) : null
  if (parsed === null) return refuse(text, nameOf(text))
  if (parsed.build.length > 0) return refuse(text, "build-metadata")
  const { major, minor, patch } = parsed
  if (parsed.prerelease.length === 0) return { kind: "version", version: { major, minor, patch } }
  const pre = readPre(parsed.prerelease)
  if (pre === undefined) return refuse(text, "pre-release-label")
  if (!Number.isSafeInteger(pre.number)) return refuse(text, "too-large")
  return { kind: "version", version: { major, minor, patch, pre } }
}

function readPre(parts: readonly (string | number)[]): Version["pre"] {
  const [first, second, third] = parts
  if (parts.length === 3 && first === 0 && second === "dev" && isNumber(third)) {
    return { label: "dev", number: Number(third) }
  }
  const label = LABELS.find((each) => each === first)
  return parts.length === 2 && label !== undefined && isNumber(second) ? { label, number: Number(second) } : undefined
}

/** The parser leaves a number that it can't hold as text. */
function isNumber(part: string | number | undefined): boolean {
  return typeof part === "number" || /^\d+$/.test(part ?? "")
}

function nameOf(text: string): "too-large" | "not-a-version" {
  const large = text.match(/\d+/g)?.some((digits) => !Number.isSafeInteger(Number(digits))) ?? false
  return large && LOOKS_LIKE_SEMVER.test(text) ? "too-large" : "not-a-version"
}
