import type { Change } from "./commits/change.js"
import type { ReleasePolicy } from "./policy-settings.js"
import type { Version } from "./version/version.js"

/** By how much a version grows. */
export type Level = "patch" | "minor" | "major"

/** What types ask for where the settings say nothing else. */
const BUMPS: Readonly<Record<string, Level | "none">> = { feat: "minor", fix: "patch", perf: "patch", revert: "patch" }

const ORDER: readonly Level[] = ["patch", "minor", "major"]

/** What a change asks for; undefined where it releases nothing. */
export function levelOf(change: Change, { commits: rules }: Pick<ReleasePolicy, "commits">): Level | undefined {
  const stated = change.type === null ? unconventional(rules) : ofType(change, rules.bumps)
  const asked = stated === "none" ? undefined : stated
  return change.breaking.length > 0 ? greatest([rules.breaking, asked]) : asked
}

/** The greatest of some levels; undefined for none. */
export function greatest(levels: Iterable<Level | undefined>): Level | undefined {
  let found: Level | undefined
  for (const level of levels) {
    if (level !== undefined && (found === undefined || ORDER.indexOf(level) > ORDER.indexOf(found))) found = level
  }
  return found
}

/** The level that counts for this version: below 1.0.0 a project may break things without growing up. */
export function levelAt(version: Version, level: Level, { zero }: Pick<ReleasePolicy, "zero">): Level {
  if (version.major > 0 || level === "patch") return level
  return level === "major" ? zero.breaking : zero.feature
}

/** The next final version; a pre-release counts as the release that it leads to. */
export function raise({ major, minor, patch }: Version, level: Level): Version {
  if (level === "major") return { major: major + 1, minor: 0, patch: 0 }
  if (level === "minor") return { major, minor: minor + 1, patch: 0 }
  return { major, minor, patch: patch + 1 }
}

function unconventional({ unconventional: rule }: ReleasePolicy["commits"]): Level | "none" {
  return rule === "refuse" ? "none" : rule
}

function ofType({ type, scope }: Change, bumps: ReleasePolicy["commits"]["bumps"]): Level | "none" {
  const rules: Readonly<Record<string, Level | "none">> = { ...BUMPS, ...bumps }
  const scoped = scope === null ? undefined : own(rules, `${type}(${scope})`)
  return scoped ?? own(rules, `${type}`) ?? "none"
}

/** A commit may have the type `constructor`. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}
