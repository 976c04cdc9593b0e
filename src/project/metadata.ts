import type { Backend } from "./backend.js"
import { documents } from "./documents.js"
import {
  classifierReaders,
  type Known,
  nameReaders,
  type Read,
  requiresReaders,
  versionReaders,
} from "./metadata-readers.js"
import type { Evidence } from "./project.js"
import { normaliseName } from "./requirement.js"
import type { Snapshot } from "./snapshot.js"

/** Core metadata as far as it can be read without running the backend. */
export interface Metadata {
  readonly name?: Known<string>
  readonly version?: Known<string>
  readonly requiresPython?: Known<string>
  readonly classifiers: Known<readonly string[]>
  /** Files that the metadata names: README and licences, as patterns. */
  readonly documents: readonly string[]
  readonly evidence: readonly Evidence[]
}

/** `[project]`, then the table of the backend, then setup.cfg, then setup.py, then the PKG-INFO of an unpacked sdist. */
export function readMetadata(snapshot: Snapshot, backend: Backend | undefined): Metadata {
  const names = all(snapshot, nameReaders)
  const versions = all(snapshot, backend === undefined ? versionReaders.slice(0, 1) : versionReaders)
  const specifiers = all(snapshot, requiresReaders)
  const [name, version, requiresPython] = [names[0], versions[0], specifiers[0]]
  const classifiers = all(snapshot, classifierReaders)[0] ?? { value: [], origin: { file: "pyproject.toml" } }
  return {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    ...(requiresPython === undefined ? {} : { requiresPython }),
    classifiers,
    documents: documents(snapshot),
    evidence: [
      ...(name === undefined ? [] : [evidence("name", name, "[project] name")]),
      ...(requiresPython === undefined
        ? []
        : [evidence("requires-python", requiresPython, "[project] requires-python")]),
      ...contradictions("name", names, normaliseName),
      ...contradictions("version", versions, (text) => text),
      ...contradictions("requires-python", specifiers, (text) => text.replace(/\s/g, "").split(",").sort().join(",")),
    ],
  }
}

function evidence(fact: string, known: Known<string>, change: string): Evidence {
  return { fact, value: known.value, origin: known.origin, change }
}

function all<T>(snapshot: Snapshot, readers: readonly Read<T>[]): readonly Known<T>[] {
  return readers.flatMap((read) => read(snapshot) ?? [])
}

/** Places that say something else than the place that wins; what a build wrote into PKG-INFO may be older and is no place. */
function contradictions(
  fact: string,
  places: readonly Known<string>[],
  normalise: (text: string) => string,
): readonly Evidence[] {
  const [winner, ...others] = places
  if (winner === undefined) return []
  return others
    .filter(({ value, origin }) => origin.file !== "PKG-INFO" && normalise(value) !== normalise(winner.value))
    .map(({ value, origin }) => ({
      fact: "contradiction",
      value: `${fact} is "${value}" here, and "${winner.value}" in ${winner.origin.file}, which wins`,
      origin,
      change: `one of the two`,
    }))
}
