import type { Backend } from "./backend.js"
import type { Known } from "./metadata-readers.js"
import type { BuildFacts, Evidence, ImportPackage } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asString, asStrings, asTable } from "./toml.js"
import { join } from "./tree.js"

/** Where the version of a build comes from, and the version when it can be read without a build. */
export interface VersionFacts {
  readonly from: BuildFacts["version"]
  readonly known?: Known<string>
  readonly evidence: readonly Evidence[]
}

const FROM_TAG =
  /^(?:setuptools[-_]scm|hatch[-_]vcs|flit[-_]scm|versioneer|versioningit|pbr|poetry[-_]dynamic[-_]versioning|poetry[-_]version[-_]plugin|setuptools[-_]git[-_]versioning|dunamai|uv[-_]dynamic[-_]versioning|pdm[-_]scm)\b/i

/** One string and nothing after it: `".".join(…)` is no version. */
const ASSIGNMENT = /^(?:__version__|VERSION|version)\s*(?::[^=\n]+)?=\s*["']([^"'\n]+)["'][ \t]*(?:[#;].*)?\r?$/m

/** Static metadata wins, then the tag where a plugin reads it, then a file. */
export function readVersion(
  snapshot: Snapshot,
  facts: { backend: Backend; stated: Known<string> | undefined; packages: readonly ImportPackage[] },
): VersionFacts {
  const stated = facts.stated
  if (stated !== undefined && stated.origin.file !== "PKG-INFO" && !isDynamic(snapshot)) {
    return { from: "static", known: stated, evidence: [evidence(stated)] }
  }
  if (comesFromTag(snapshot, facts.backend)) {
    const value = stated === undefined ? "from the git tag" : `${stated.value}, from the git tag`
    const tag: Evidence = { fact: "version", value, origin: stated?.origin ?? facts.backend.origin, change: "a tag" }
    return { from: "scm", ...(stated === undefined ? {} : { known: stated }), evidence: [tag] }
  }
  const read = inFile(snapshot, facts.packages) ?? stated
  return read === undefined ? { from: "file", evidence: [] } : { from: "file", known: read, evidence: [evidence(read)] }
}

function evidence(known: Known<string>): Evidence {
  return { fact: "version", value: known.value, origin: known.origin, change: "the file itself, or version.source" }
}

function isDynamic({ pyproject }: Snapshot): boolean {
  return asStrings(pyproject?.get("project", "dynamic")).includes("version")
}

function comesFromTag({ pyproject, setupPy }: Snapshot, backend: Backend): boolean {
  const hatch = asString(pyproject?.get("tool", "hatch", "version", "source"))
  const pdm = asString(pyproject?.get("tool", "pdm", "version", "source"))
  if (hatch !== undefined || pdm !== undefined) return hatch === "vcs" || hatch === "versioningit" || pdm === "scm"
  if (pyproject?.get("tool", "setuptools", "dynamic", "version") !== undefined) return false
  const inSetup = setupPy?.get("use_scm_version") ?? setupPy?.get("pbr")
  return inSetup !== undefined || backend.requires.some((requirement) => FROM_TAG.test(requirement))
}

/** Reads the file that the backend would read; else what a package's own modules assign to `__version__`. */
function inFile(snapshot: Snapshot, packages: readonly ImportPackage[]): Known<string> | undefined {
  for (const path of [...namedFiles(snapshot, packages), ...conventionalFiles(packages)]) {
    const text = snapshot.text(path)
    if (text === undefined) continue
    const match = ASSIGNMENT.exec(text)
    if (match?.[1] !== undefined) {
      return { value: match[1], origin: { file: path, line: text.slice(0, match.index).split("\n").length } }
    }
    if (!path.endsWith(".py") && /^\s*[\w.+!-]+\s*$/.test(text))
      return { value: text.trim(), origin: { file: path, line: 1 } }
  }
  return undefined
}

function namedFiles({ pyproject, setupCfg }: Snapshot, packages: readonly ImportPackage[]): readonly string[] {
  const dynamic = asTable(pyproject?.get("tool", "setuptools", "dynamic", "version"))
  const configured = setupCfg?.get("metadata", "version") ?? ""
  const attribute = asString(dynamic.attr) ?? /^attr:\s*(\S+)$/.exec(configured)?.[1]
  return [
    ...asStrings(pyproject?.get("tool", "hatch", "version", "path")),
    ...asStrings(pyproject?.get("tool", "pdm", "version", "path")),
    ...asStrings(dynamic.file),
    ...(/^file:\s*(\S+)$/.exec(configured)?.slice(1) ?? []),
    ...(attribute === undefined ? [] : modulesOf(attribute, packages)),
  ].map((path) => join("", path))
}

/** `package.module.NAME` lies in the package's `__init__`, or in that module. */
function modulesOf(attribute: string, packages: readonly ImportPackage[]): readonly string[] {
  const module = attribute.split(".").slice(0, -1)
  const root = packages.find(({ name }) => name === module[0])
  if (root === undefined) return []
  const path = join(root.path, module.slice(1).join("/"))
  return root.kind === "module" ? [root.path] : [`${path}/__init__.py`, `${path}.py`]
}

function conventionalFiles(packages: readonly ImportPackage[]): readonly string[] {
  return packages.flatMap(({ kind, path }) =>
    kind === "module"
      ? [path]
      : ["__init__", "_version", "__version__", "version", "__about__", "about"].map((name) => `${path}/${name}.py`),
  )
}
