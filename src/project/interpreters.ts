import { satisfies } from "@renovatebot/pep440"
import type { Metadata } from "./metadata.js"
import type { Known } from "./metadata-readers.js"
import type { Evidence, Origin, Project } from "./project.js"
import type { Snapshot } from "./snapshot.js"

/**
 * CPython feature releases that have a final release and that the installer still serves, ascending.
 * Source: the release schedules (PEP 569, 596, 619, 664, 693, 719, 745, 790).
 */
export const KNOWN_PYTHONS: readonly string[] = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"]

/** The oldest that is examined unless a classifier or a setting names an older one (docs/decisions). */
export const OLDEST_ASSUMED = "3.9"

/** What is examined where a project says nothing about Python. */
export const DEFAULT_PYTHON = "3.13"

/** Interpreters and how they were found. */
export interface Interpreters {
  /** `X.Y`, ascending. */
  readonly versions: readonly string[]
  readonly evidence: readonly Evidence[]
}

/** Orders `X.Y` versions as numbers. */
export function comparePythons(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number)
  const [majorB = 0, minorB = 0] = b.split(".").map(Number)
  return majorA - majorB || minorA - minorB
}

/** True where some patch release of `X.Y` satisfies the specifier. */
export function admits(specifier: string | undefined, python: string): boolean {
  if (specifier === undefined || specifier.trim() === "") return true
  return Array.from({ length: 40 }, (_, patch) => `${python}.${patch}`).some((version) => satisfies(version, specifier))
}

/** The interpreters to examine: the setting, else what the metadata supports, for an application the one that it runs on. */
export function readInterpreters(
  snapshot: Snapshot,
  metadata: Metadata,
  facts: { kind: Project["kind"]; wanted: readonly string[] | undefined },
): Interpreters {
  if (facts.wanted !== undefined && facts.wanted.length > 0) {
    const versions = [...facts.wanted].sort(comparePythons)
    return { versions, evidence: [{ ...evidence(versions), change: "the setting python.versions, which is set" }] }
  }
  const running = facts.kind === "application" ? runningPython(snapshot) : undefined
  if (running === undefined && facts.kind === "application" && saysNothing(metadata)) {
    return { versions: [DEFAULT_PYTHON], evidence: [evidence([DEFAULT_PYTHON])] }
  }
  if (running === undefined) return supportedPythons(metadata)
  return { versions: [running.value], evidence: [evidence([running.value], running)] }
}

/** An application runs on one interpreter, where a package may be installed on any. */
function saysNothing({ requiresPython, classifiers }: Metadata): boolean {
  return requiresPython === undefined && namedByClassifiers(classifiers.value).length === 0
}

/** The interpreter on which an application runs, from the files that name it. */
function runningPython(snapshot: Snapshot): Known<string> | undefined {
  const sources: readonly (readonly [string, RegExp])[] = [
    [".python-version", /^(?:cpython-|python-)?(3\.\d+)/m],
    ["Dockerfile", /^FROM\s+(?:\S*\/)?python:(3\.\d+)/im],
    ["Containerfile", /^FROM\s+(?:\S*\/)?python:(3\.\d+)/im],
    ["runtime.txt", /^python-(3\.\d+)/m],
  ]
  for (const [file, pattern] of sources) {
    const text = snapshot.text(file)
    const match = text === undefined ? null : pattern.exec(text)
    if (text === undefined || match?.[1] === undefined) continue
    const origin: Origin = { file, line: text.slice(0, match.index).split("\n").length }
    return { value: match[1], origin }
  }
  return undefined
}

/** The versions that classifiers name and `requires-python` admits; without such classifiers all known ones that it admits. */
export function supportedPythons(metadata: Metadata): Interpreters {
  const specifier = metadata.requiresPython?.value
  const named = namedByClassifiers(metadata.classifiers.value)
  const refused = named.filter((python) => !admits(specifier, python))
  const claimed = named.filter((python) => admits(specifier, python) && comparePythons(python, "3.8") >= 0)
  const contradiction = refused.length === 0 ? [] : [contradictionOf(metadata, refused)]
  if (claimed.length > 0) {
    return { versions: claimed, evidence: [evidence(claimed, metadata.classifiers), ...contradiction] }
  }
  const admitted = KNOWN_PYTHONS.filter((python) => admits(specifier, python))
  const current = admitted.filter((python) => comparePythons(python, OLDEST_ASSUMED) >= 0)
  const versions = current.length > 0 ? current : admitted
  if (metadata.requiresPython !== undefined && versions.length > 0) {
    return { versions, evidence: [evidence(versions, metadata.requiresPython), ...contradiction] }
  }
  return {
    versions: versions.length > 0 ? versions : [DEFAULT_PYTHON],
    evidence: [evidence(versions), ...contradiction],
  }
}

function namedByClassifiers(classifiers: readonly string[]): readonly string[] {
  return classifiers
    .flatMap((classifier) => /^Programming Language :: Python :: (3\.\d+)$/.exec(classifier)?.[1] ?? [])
    .filter((python, index, all) => all.indexOf(python) === index)
    .sort(comparePythons)
}

function evidence(versions: readonly string[], known?: Known<unknown>): Evidence {
  return {
    fact: "interpreters",
    value: versions.join(", "),
    origin: known?.origin ?? "default",
    change: "the setting python.versions, classifiers, or requires-python",
  }
}

function contradictionOf(metadata: Metadata, refused: readonly string[]): Evidence {
  return {
    fact: "contradiction",
    value: `classifiers name ${refused.join(", ")}, which requires-python "${metadata.requiresPython?.value}" refuses`,
    origin: metadata.classifiers.origin,
    change: "the classifiers, or requires-python",
  }
}
