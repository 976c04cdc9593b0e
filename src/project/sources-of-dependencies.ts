import type { Extras, Located } from "./extras.js"
import type { Groups } from "./groups.js"
import { checksTests } from "./mypy-configuration.js"
import { normaliseName, requirementName } from "./requirement.js"
import type { FilePurpose, RequirementsFile } from "./requirement-files.js"
import { type RunnerHints, readRunnerHints } from "./runner-hints.js"
import type { Snapshot } from "./snapshot.js"

/** From where a purpose takes what it needs beyond the runtime. */
export interface Choice {
  readonly groups: readonly string[]
  readonly extras: readonly string[]
  readonly files: readonly string[]
  readonly requirements: readonly { readonly text: string; readonly origin: Located["origin"] | "default" }[]
}

/** What settings say; a list that is given replaces what would be found of its kind. */
export interface PurposeOverrides {
  readonly groups?: readonly string[] | undefined
  readonly extras?: readonly string[] | undefined
  readonly requirements?: readonly string[] | undefined
}

/** Overrides per purpose. */
export interface DependencyOverrides {
  readonly test: PurposeOverrides
  readonly types: PurposeOverrides
}

/** All places that may name dependencies. */
export interface DependencySources {
  readonly groups: Groups
  readonly extras: Extras
  readonly files: readonly RequirementsFile[]
}

const TEST = /^(?:tests?|testing|pytest|unit-?tests?|test-(?:deps|dependencies|requirements)|hatch-test)$/
const DEV = /^(?:dev|develop|development|devel|dev-dependencies)$/
const TYPES = /^(?:typing|types?|mypy|type-?check(?:ing|ers?)?|static|typehints)$/

/** Chooses by name: what is meant for tests, else for development, else what tox, nox or hatch install. */
export function chooseSources(
  snapshot: Snapshot,
  sources: DependencySources,
  overrides: DependencyOverrides,
): { readonly test: Choice; readonly types: Choice; readonly typesNeedTests: boolean } {
  const hints = readRunnerHints(snapshot)
  const test = override(testChoice(snapshot, sources, hints), overrides.test)
  const types = override(typesChoice(sources), overrides.types)
  return { test, types, typesNeedTests: checksTests(snapshot) }
}

/** Each setting takes the place of its own part of what was found; requirements that of files too. */
function override(found: Choice, wanted: PurposeOverrides): Choice {
  const { requirements } = wanted
  return {
    groups: wanted.groups ?? found.groups,
    extras: wanted.extras ?? found.extras,
    files: requirements?.filter(isFile) ?? found.files,
    requirements:
      requirements?.filter((text) => !isFile(text)).map((text) => ({ text, origin: "default" as const })) ??
      found.requirements,
  }
}

/** In `test.requirements`, what ends like a file is one. */
const isFile = (text: string): boolean => /\.(?:txt|in)$/.test(text)

function testChoice(snapshot: Snapshot, sources: DependencySources, hints: RunnerHints): Choice {
  const hinted = {
    groups: hints.groups.map(normaliseName).filter((name) => sources.groups.names.includes(name)),
    extras: hints.extras.map(normaliseName).filter((name) => sources.extras.has(name)),
  }
  const known = (path: string): boolean => sources.files.some((file) => file.path === path)
  const files = hints.files.filter(known)
  const tiers: readonly Choice[] = [
    merge(byName(sources, TEST), { ...NOTHING, ...hinted }),
    { ...NOTHING, files: [...new Set([...byPurpose(sources, "test"), ...files])] },
    { ...NOTHING, requirements: hints.requirements },
    byName(sources, DEV),
    ...holding(sources, /^pytest$/),
    { ...NOTHING, files: byPurpose(sources, "dev") },
    { ...NOTHING, files: byPurpose(sources, "runtime").filter((path) => namesPytest(snapshot.text(path) ?? "")) },
  ]
  return tiers.find(isAnything) ?? NOTHING
}

/** Some packages keep what developers install in a plain requirements.txt. */
function namesPytest(text: string): boolean {
  return text.split(/\r?\n/).some((line) => requirementName(line) === "pytest")
}

function typesChoice(sources: DependencySources): Choice {
  const tiers: readonly Choice[] = [
    byName(sources, TYPES),
    { ...NOTHING, files: byPurpose(sources, "types") },
    ...holding(sources, /^(?:mypy|types-.+|.+-stubs)$/),
  ]
  return tiers.find(isAnything) ?? NOTHING
}

/** The group, and the extra, that asks for a certain distribution with the least beside it. */
function holding(sources: DependencySources, wanted: RegExp): readonly Choice[] {
  const smallest = (lists: readonly (readonly [string, readonly Located[]])[]): readonly string[] =>
    lists
      .filter(([, located]) => located.some(({ text }) => wanted.test(requirementName(text) ?? "")))
      .toSorted(([, a], [, b]) => a.length - b.length)
      .slice(0, 1)
      .map(([name]) => name)
  return [
    { ...NOTHING, groups: smallest(sources.groups.names.map((name) => [name, sources.groups.expand(name)])) },
    { ...NOTHING, extras: smallest([...sources.extras]) },
  ]
}

const NOTHING: Choice = { groups: [], extras: [], files: [], requirements: [] }

function isAnything(choice: Choice): boolean {
  return choice.groups.length + choice.extras.length + choice.files.length + choice.requirements.length > 0
}

function byName(sources: DependencySources, pattern: RegExp): Choice {
  const named = (name: string): boolean => pattern.test(name)
  return { ...NOTHING, groups: sources.groups.names.filter(named), extras: [...sources.extras.keys()].filter(named) }
}

function byPurpose(sources: DependencySources, purpose: FilePurpose): readonly string[] {
  return sources.files.filter((file) => file.purpose === purpose).map(({ path }) => path)
}

function merge(a: Choice, b: Choice): Choice {
  return {
    ...a,
    groups: [...new Set([...a.groups, ...b.groups])],
    extras: [...new Set([...a.extras, ...b.extras])],
  }
}
