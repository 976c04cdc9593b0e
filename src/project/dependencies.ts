import { type Extras, expandExtras, type Located, readExtras } from "./extras.js"
import { type Groups, readGroups } from "./groups.js"
import { findLock } from "./locks.js"
import type { ChosenSources, Dependencies, Evidence, FilePatterns, LockFile, RequirementInput } from "./project.js"
import { normaliseName, requirementExtras, requirementName } from "./requirement.js"
import { requirementsFiles, withIncluded } from "./requirement-files.js"
import { type Runtime, readRuntime } from "./runtime-dependencies.js"
import type { Snapshot } from "./snapshot.js"
import { type Choice, chooseSources, type DependencyOverrides } from "./sources-of-dependencies.js"

/** What to install, and how that was found. */
export interface FoundDependencies {
  readonly dependencies: Dependencies
  readonly evidence: readonly Evidence[]
}

/** What the readers before this one found. */
export interface DependencyFacts {
  readonly name: string
  readonly kind: "package" | "application"
  /** What a build reads; mounted where only the backend knows the dependencies. */
  readonly buildFiles: FilePatterns
  readonly overrides: DependencyOverrides
  /** Whether the project's lock is taken. */
  readonly lock: "auto" | "ignore"
  /** A lock of the workspace's root, outside the project. */
  readonly workspaceLock?: string
}

/** Finds what each purpose installs. @throws QuillonError CIRCULAR_EXTRA, CIRCULAR_GROUP, UNKNOWN_GROUP */
export function readDependencies(snapshot: Snapshot, facts: DependencyFacts): FoundDependencies {
  const sources = { groups: readGroups(snapshot.pyproject), extras: readExtras(snapshot) }
  const files = requirementsFiles(snapshot)
  const runtime = readRuntime(snapshot, { kind: facts.kind, files })
  const choices = chooseSources(snapshot, { ...sources, files }, facts.overrides)
  const inputs = (choice: Choice): readonly RequirementInput[] =>
    expand(choice, { ...sources, runtime, name: facts.name })
  const test = withPytest(inputs(choices.test))
  const types = choices.typesNeedTests ? unique([...inputs(choices.types), ...test]) : inputs(choices.types)
  const constraints = files.filter(({ purpose }) => purpose === "constraints").map(({ path }) => path)
  const lock =
    facts.lock === "ignore"
      ? undefined
      : findLock(snapshot, { workspaceLock: facts.workspaceLock, choices, files, kind: facts.kind })
  const mounted = filesOf(snapshot, {
    inputs: [...runtime.inputs, ...test, ...types],
    constraints,
    lock,
    facts,
    runtime,
  })
  return {
    dependencies: {
      runtime: runtime.inputs,
      test,
      types,
      chosen: { test: written(choices.test), types: written(choices.types) },
      offered: Object.fromEntries([...sources.extras].map(([name, located]) => [name, located.flatMap(nameOf)])),
      constraints,
      ...(lock === undefined ? {} : { lock }),
      files: mounted,
    },
    evidence: [
      {
        fact: "dependencies",
        value: describe(runtime.inputs),
        origin: runtime.origin,
        change: "[project] dependencies",
      },
      {
        fact: "test dependencies",
        value: describeChoice(choices.test),
        origin: firstOrigin(test),
        change: "the settings test.groups, test.extras, test.requirements",
      },
      {
        fact: "typing dependencies",
        value: describeChoice(choices.types),
        origin: firstOrigin(types),
        change: "the settings types.groups, types.extras, types.requirements",
      },
      ...(lock === undefined
        ? []
        : [{ fact: "lock", value: lock.path, origin: { file: lock.path }, change: "the setting resolve.lock" }]),
    ],
  }
}

/** What a choice installs beyond the runtime; each once, and the project itself never. */
function expand(
  choice: Choice,
  known: { groups: Groups; extras: Extras; runtime: Runtime; name: string },
): readonly RequirementInput[] {
  const own = normaliseName(known.name)
  const extrasOf = (wanted: readonly string[]): readonly RequirementInput[] => {
    if (wanted.length === 0) return []
    if (known.runtime.dynamic) return [{ kind: "metadata", extras: wanted.map(normaliseName) }]
    return expandExtras(known.extras, wanted, known).map(asInput)
  }
  const grouped = choice.groups
    .flatMap((name) => known.groups.expand(name))
    .flatMap((located) =>
      requirementName(located.text) === own ? extrasOf(requirementExtras(located.text)) : [asInput(located)],
    )
  const inputs: readonly RequirementInput[] = [
    ...extrasOf(choice.extras),
    ...grouped,
    ...choice.files.map((path) => ({ kind: "file" as const, path })),
    ...choice.requirements.map((each) => ({ kind: "requirement" as const, ...each })),
  ]
  return unique(inputs.filter((input) => input.kind !== "requirement" || requirementName(input.text) !== own))
}

function asInput({ text, origin }: Located): RequirementInput {
  return { kind: "requirement", text, origin }
}

function unique(inputs: readonly RequirementInput[]): readonly RequirementInput[] {
  const keyOf = (input: RequirementInput): string =>
    input.kind === "requirement" ? input.text : input.kind === "file" ? `-r ${input.path}` : `.[${input.extras}]`
  const seen = new Set<string>()
  return inputs.filter((input) => !seen.has(keyOf(input)) && seen.add(keyOf(input)))
}

/** pytest itself is needed wherever tests run, and many projects leave it unsaid. */
function withPytest(inputs: readonly RequirementInput[]): readonly RequirementInput[] {
  const named = inputs.some((input) => input.kind === "requirement" && requirementName(input.text) === "pytest")
  return named ? inputs : [...inputs, { kind: "requirement", text: "pytest", origin: "default" }]
}

function filesOf(
  snapshot: Snapshot,
  used: {
    inputs: readonly RequirementInput[]
    constraints: readonly string[]
    lock: LockFile | undefined
    facts: DependencyFacts
    runtime: Runtime
  },
): FilePatterns {
  const named = used.inputs.flatMap((input) => (input.kind === "file" ? [input.path] : []))
  const lock = used.lock === undefined || used.lock.path.startsWith("../") ? [] : [used.lock.path]
  const texts = withIncluded(snapshot, [...named, ...used.constraints, ...lock])
  const metadata = ["pyproject.toml", "setup.cfg", "setup.py"].filter(snapshot.has)
  if (!used.runtime.dynamic) return { include: [...new Set([...metadata, ...texts])].sort(), exclude: [] }
  const { include, exclude } = used.facts.buildFiles
  return { include: [...new Set([...include, ...metadata, ...texts])].sort(), exclude }
}

function nameOf({ text }: Located): readonly string[] {
  const name = requirementName(text)
  return name === undefined ? [] : [name]
}

function written({ groups, extras, files, requirements }: Choice): ChosenSources {
  return { groups, extras, requirements: [...files, ...requirements.map(({ text }) => text)] }
}

function describe(inputs: readonly RequirementInput[]): string {
  const words = inputs.map((input) =>
    input.kind === "requirement" ? input.text : input.kind === "file" ? input.path : "as the build backend tells",
  )
  return words.join(", ") || "none"
}

function describeChoice(choice: Choice): string {
  return (
    [
      ...choice.groups.map((name) => `group ${name}`),
      ...choice.extras.map((name) => `extra ${name}`),
      ...choice.files,
      ...choice.requirements.map(({ text }) => text),
    ].join(", ") || "none named"
  )
}

function firstOrigin(inputs: readonly RequirementInput[]): Evidence["origin"] {
  const first = inputs.find(
    (input) => input.kind === "file" || (input.kind === "requirement" && input.origin !== "default"),
  )
  if (first === undefined || first.kind === "metadata") return "default"
  return first.kind === "file" ? { file: first.path } : first.origin
}
