import type { Backend } from "./backend.js"
import type { FilePatterns, ImportPackage } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asString, asStrings, asTable } from "./toml.js"
import { join } from "./tree.js"

/** What no build reads: history, and what a run of ours leaves. */
const NEVER_BUILT = [".git", ".quillon", "**/__pycache__"]

/** Files at the top that a backend takes by convention, and that a `setup.py` is known to open. */
const CONVENTIONAL =
  /^(?:pyproject\.toml|setup\.(?:py|cfg)|MANIFEST\.in|PKG-INFO|VERSION|build\.py|(?:README|LICEN[CS]E|COPYING|NOTICE|AUTHORS|CHANGES|CHANGELOG|HISTORY)[^/]*)$/i

/** What a build reads. Backends that put everything tracked into the sdist are given everything. */
export function buildFiles(
  snapshot: Snapshot,
  facts: {
    backend: Backend
    version: "static" | "file" | "scm"
    packages: readonly ImportPackage[]
    documents: readonly string[]
  },
): FilePatterns {
  const extra = EXTRA[facts.backend.family]
  if (extra === undefined || facts.version === "scm" || facts.backend.path.length > 0) return everything()
  const named = extra(snapshot)
  if (named === undefined) return everything()
  const include = [
    ...snapshot.paths.filter((path) => CONVENTIONAL.test(path)),
    ...facts.packages.map(({ path }) => (path.startsWith("src/") ? "src" : path)),
    ...facts.documents,
    ...named,
  ]
  return { include: [...new Set(include.map((path) => join("", path)))].sort(), exclude: NEVER_BUILT }
}

function everything(): FilePatterns {
  return { include: ["**"], exclude: NEVER_BUILT }
}

/** Further paths that a narrow backend takes; undefined when they can't be told. */
type Extra = (snapshot: Snapshot) => readonly string[] | undefined

const EXTRA: Partial<Record<Backend["family"], Extra>> = {
  flit: ({ pyproject }) => [
    ...patterns(pyproject?.get("tool", "flit", "sdist", "include")),
    ...patterns(pyproject?.get("tool", "flit", "external-data", "directory")),
  ],
  poetry: ({ pyproject }) => [
    ...patterns(pyproject?.get("tool", "poetry", "include")),
    ...patterns(pyproject?.get("tool", "poetry", "packages")),
    ...patterns(pyproject?.get("tool", "poetry", "build")),
    ...patterns(asTable(pyproject?.get("tool", "poetry", "build")).script),
  ],
  pdm: (snapshot) => [
    ...patterns(snapshot.pyproject?.get("tool", "pdm", "build", "includes")),
    ...patterns(snapshot.pyproject?.get("tool", "pdm", "build", "source-includes")),
    ...patterns(snapshot.pyproject?.get("tool", "pdm", "build", "custom-hook")),
    ...patterns(snapshot.pyproject?.get("tool", "pdm", "version", "path")),
    ...["tests", "pdm_build.py"].filter((path) =>
      snapshot.paths.some((each) => each === path || each.startsWith(`${path}/`)),
    ),
  ],
  uv: ({ pyproject }) => [
    ...patterns(pyproject?.get("tool", "uv", "build-backend", "source-include")),
    ...Object.values(asTable(pyproject?.get("tool", "uv", "build-backend", "data"))).flatMap(patterns),
  ],
  setuptools: setuptoolsExtra,
}

/** Include patterns as strings or as tables with `path`, `include` and `from`. */
function patterns(value: unknown): readonly string[] {
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return items.flatMap((item) => {
    if (typeof item === "string") return [item.replace(/\/$/, "")]
    const table = asTable(item)
    const path = asString(table.path) ?? asString(table.include)
    return path === undefined ? [] : [join(asString(table.from) ?? "", path).replace(/\/$/, "")]
  })
}

/** setuptools takes what MANIFEST.in names and `tests/test*.py`; a `setup.py` may open any file that it names. */
function setuptoolsExtra(snapshot: Snapshot): readonly string[] | undefined {
  const manifest = manifestPatterns(snapshot.text("MANIFEST.in") ?? "")
  if (manifest === undefined) return undefined
  const find = snapshot.pyproject?.get("tool", "setuptools", "packages", "find", "where")
  const folders = asTable(snapshot.pyproject?.get("tool", "setuptools", "package-dir"))
  return [
    ...manifest,
    "tests/test*.py",
    "test/test*.py",
    ...asStrings(find),
    ...Object.values(folders).flatMap(asStrings),
    ...namedInSetup(snapshot),
  ].filter((path) => join("", path) !== "")
}

/** Patterns of MANIFEST.in; undefined where it reaches over the whole project. */
function manifestPatterns(text: string): readonly string[] | undefined {
  const found: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const [command = "", first = "", ...rest] = line.replace(/#.*/, "").trim().split(/\s+/)
    if (command === "global-include" || (/^(?:graft|recursive-include)$/.test(command) && /^[.*]/.test(first)))
      return undefined
    if (command === "graft") found.push(first)
    if (command === "include") found.push(first, ...rest)
    if (command === "recursive-include") found.push(...rest.map((pattern) => `${first}/**/${pattern}`))
  }
  return found.filter((pattern) => pattern !== "")
}

/** Files and top-level folders that a string in `setup.py` names. */
function namedInSetup({ setupPy, paths }: Snapshot): readonly string[] {
  if (setupPy === undefined) return []
  const known = new Set(paths.flatMap((path) => [path, path.split("/")[0] ?? path]))
  const words = [...setupPy.text.matchAll(/["'](?=([^"'\n]{2,120})["'])/g)].map((match) => join("", match[1] ?? ""))
  return words.filter((word) => known.has(word) && !/^(?:tests?|docs?)$/.test(word))
}
