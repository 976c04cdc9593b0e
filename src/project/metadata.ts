import type { Backend } from "./backend.js"
import { listLines } from "./ini.js"
import type { Evidence, Origin } from "./project.js"
import { PythonCode } from "./python-literals.js"
import { isStrings } from "./setup-py.js"
import type { Snapshot } from "./snapshot.js"
import { asString, asStrings, asTable } from "./toml.js"

/** A value and where it was read. */
export interface Known<T> {
  readonly value: T
  readonly origin: Origin
}

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

type Read<T> = (snapshot: Snapshot) => Known<T> | undefined

/** `[project]`, then the table of the backend, then setup.cfg, then setup.py, then the PKG-INFO of an unpacked sdist. */
export function readMetadata(snapshot: Snapshot, backend: Backend | undefined): Metadata {
  const name = first(snapshot, nameReaders)
  const version = backend === undefined ? first(snapshot, versionReaders.slice(0, 1)) : first(snapshot, versionReaders)
  const requiresPython = first(snapshot, requiresReaders)
  const classifiers = first(snapshot, classifierReaders) ?? { value: [], origin: { file: "pyproject.toml" } }
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
    ],
  }
}

function evidence(fact: string, known: Known<string>, change: string): Evidence {
  return { fact, value: known.value, origin: known.origin, change }
}

function first<T>(snapshot: Snapshot, readers: readonly Read<T>[]): Known<T> | undefined {
  for (const read of readers) {
    const known = read(snapshot)
    if (known !== undefined) return known
  }
  return undefined
}

const toml =
  (...path: readonly string[]): Read<string> =>
  ({ pyproject }) => {
    const value = asString(pyproject?.get(...path))
    return value === undefined || pyproject === undefined ? undefined : { value, origin: pyproject.origin(...path) }
  }

const cfg =
  (key: string, section = "metadata"): Read<string> =>
  ({ setupCfg }) => {
    const value = setupCfg?.get(section, key)
    if (value === undefined || setupCfg === undefined || /^(?:attr|file):/.test(value)) return undefined
    return { value, origin: setupCfg.origin(section, key) }
  }

const call =
  (keyword: string): Read<string> =>
  ({ setupPy }) => {
    const value = setupPy?.string(keyword)
    return value === undefined || setupPy === undefined ? undefined : { value, origin: setupPy.origin(keyword) }
  }

/** PKG-INFO is what an sdist carries; hatch-vcs and setuptools-scm read their version there too. */
const pkgInfo =
  (field: string): Read<string> =>
  (snapshot) => {
    const lines =
      snapshot
        .text("PKG-INFO")
        ?.split(/\r?\n\r?\n/)[0]
        ?.split(/\r?\n/) ?? []
    const index = lines.findIndex((line) => line.toLowerCase().startsWith(`${field.toLowerCase()}: `))
    const value = lines[index]?.slice(field.length + 2).trim()
    return value === undefined ? undefined : { value, origin: { file: "PKG-INFO", line: index + 1 } }
  }

const flit = (key: string): Read<string> => toml("tool", "flit", "metadata", key)
const poetry = (...key: readonly string[]): Read<string> => toml("tool", "poetry", ...key)

const poetryPython: Read<string> = (snapshot) => {
  const known = poetry("dependencies", "python")(snapshot)
  return known === undefined ? undefined : { ...known, value: poetrySpecifier(known.value) }
}

const nameReaders: readonly Read<string>[] = [
  toml("project", "name"),
  poetry("name"),
  flit("dist-name"),
  flit("module"),
  cfg("name"),
  call("name"),
  pkgInfo("Name"),
]

const versionReaders: readonly Read<string>[] = [
  toml("project", "version"),
  poetry("version"),
  cfg("version"),
  call("version"),
  pkgInfo("Version"),
]

const requiresReaders: readonly Read<string>[] = [
  toml("project", "requires-python"),
  poetryPython,
  flit("requires-python"),
  cfg("python_requires", "options"),
  call("python_requires"),
  pkgInfo("Requires-Python"),
]

const classifierReaders: readonly Read<readonly string[]>[] = [
  ...[["project"], ["tool", "poetry"], ["tool", "flit", "metadata"]].map(
    (table): Read<readonly string[]> =>
      ({ pyproject }) => {
        const value = asStrings(pyproject?.get(...table, "classifiers"))
        if (value.length === 0 || pyproject === undefined) return undefined
        return { value, origin: pyproject.origin(...table, "classifiers") }
      },
  ),
  (snapshot) => {
    const known = cfg("classifiers")(snapshot)
    return known === undefined ? undefined : { ...known, value: listLines(known.value) }
  },
  ({ setupPy }) => {
    const value = setupPy?.get("classifiers")
    return isStrings(value) && setupPy !== undefined ? { value, origin: setupPy.origin("classifiers") } : undefined
  },
]

/** Poetry's `^3.9` and `~3.9` in the words of PEP 440; other specifiers as they are. */
export function poetrySpecifier(text: string): string {
  return text
    .split(",")
    .map((part) => part.trim())
    .map((part) => caret(part) ?? tilde(part) ?? (part === "*" ? ">=0" : /^\d/.test(part) ? `==${part}` : part))
    .join(",")
}

function caret(part: string): string | undefined {
  const version = /^\^\s*(\d[\w.]*)$/.exec(part)?.[1]
  if (version === undefined) return undefined
  const numbers = version.split(".").map(Number)
  const significant = numbers.findIndex((number) => number > 0)
  const at = significant === -1 ? numbers.length - 1 : significant
  return `>=${version},<${[...numbers.slice(0, at), (numbers[at] ?? 0) + 1].join(".")}`
}

function tilde(part: string): string | undefined {
  const version = /^~\s*(\d[\w.]*)$/.exec(part)?.[1]
  if (version === undefined) return undefined
  const [major = 0, minor] = version.split(".").map(Number)
  return `>=${version},<${minor === undefined ? major + 1 : `${major}.${minor + 1}`}`
}

function documents(snapshot: Snapshot): readonly string[] {
  const { pyproject, setupCfg, setupPy } = snapshot
  const readme = pyproject?.get("project", "readme")
  const license = asTable(pyproject?.get("project", "license"))
  const description = setupPy?.get("long_description")
  return [
    ...asStrings(readme),
    ...asStrings(asTable(readme).file),
    ...asStrings(license.file),
    ...asStrings(pyproject?.get("project", "license-files")),
    ...asStrings(asTable(pyproject?.get("project", "license-files")).paths),
    ...asStrings(asTable(pyproject?.get("project", "license-files")).globs),
    ...asStrings(pyproject?.get("tool", "poetry", "readme")),
    ...asStrings(pyproject?.get("tool", "flit", "metadata", "description-file")),
    ...dynamicFiles(pyproject?.get("tool", "setuptools", "dynamic")),
    ...listLines(
      setupCfg
        ?.get("metadata", "long_description")
        ?.replace(/^file:/, "")
        .replaceAll(",", "\n"),
    ),
    ...(description instanceof PythonCode ? snapshot.paths.filter((path) => /^README[^/]*$/i.test(path)) : []),
  ].map((path) => path.replace(/^\.\//, ""))
}

/** `[tool.setuptools.dynamic]` entries that read files. */
function dynamicFiles(dynamic: unknown): readonly string[] {
  return Object.values(asTable(dynamic)).flatMap((entry) => asStrings(asTable(entry).file))
}
