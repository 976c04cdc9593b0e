import { listLines } from "./ini.js"
import { poetrySpecifier } from "./poetry-specifier.js"
import type { Origin } from "./project.js"
import { isStrings } from "./setup-py.js"
import type { Snapshot } from "./snapshot.js"
import { asString, asStrings } from "./toml.js"

/** A value and where it was read. */
export interface Known<T> {
  readonly value: T
  readonly origin: Origin
}

/** Reads one fact from one place; undefined when it does not stand there. */
export type Read<T> = (snapshot: Snapshot) => Known<T> | undefined

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

/** Places of the distribution name, in order of precedence. */
export const nameReaders: readonly Read<string>[] = [
  toml("project", "name"),
  poetry("name"),
  flit("dist-name"),
  flit("module"),
  cfg("name"),
  call("name"),
  pkgInfo("Name"),
]

/** Places of a version that is stated, in order of precedence. */
export const versionReaders: readonly Read<string>[] = [
  toml("project", "version"),
  poetry("version"),
  cfg("version"),
  call("version"),
  pkgInfo("Version"),
]

/** Places of the supported Pythons as a PEP 440 specifier, in order of precedence. */
export const requiresReaders: readonly Read<string>[] = [
  toml("project", "requires-python"),
  poetryPython,
  flit("requires-python"),
  cfg("python_requires", "options"),
  call("python_requires"),
  pkgInfo("Requires-Python"),
]

/** Places of the trove classifiers, in order of precedence. */
export const classifierReaders: readonly Read<readonly string[]>[] = [
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
