import { type DjangoTests, readDjango } from "./django.js"
import { globToRegExp } from "./glob.js"
import type { Evidence, FilePatterns, ImportPackage, Origin, TestFacts } from "./project.js"
import { type PytestConfig, readPytestConfig } from "./pytest-config.js"
import type { Snapshot } from "./snapshot.js"
import { join, type Tree } from "./tree.js"

/** What the tests are, and how that was found. */
export interface Tests {
  readonly tests: TestFacts
  readonly evidence: readonly Evidence[]
}

/** What settings say about tests. */
export interface TestOverrides {
  readonly paths?: readonly string[] | undefined
  readonly include: readonly string[]
}

/** Files that pytest, coverage and what they start read at the top of a project. */
const CONFIGURATION = [
  ...["pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml"],
  ...[".coveragerc", "conftest.py", "mypy.ini", ".mypy.ini"],
]

const NOT_TESTS = /^(?:\..*|build|dist|node_modules|venv|env|docs?|examples?|.*\.egg-info)$/

/** Finds the tests: the setting, pytest's `testpaths`, the usual folders, inside the packages, single files. */
export function readTests(
  snapshot: Snapshot,
  facts: { packages: readonly ImportPackage[]; inTree: boolean; overrides: TestOverrides },
): Tests {
  const config = readPytestConfig(snapshot)
  const django = facts.inTree ? readDjango(snapshot, config) : undefined
  const found = findTests(snapshot, config, { ...facts, ...(django === undefined ? {} : { django }) })
  const inside = (path: string): boolean =>
    facts.packages.some((each) => path === each.path || path.startsWith(`${each.path}/`))
  return {
    tests: {
      present: found.paths.length > 0,
      paths: found.paths,
      insidePackage: !facts.inTree && found.paths.some(inside),
      files: facts.inTree
        ? wholeTree()
        : testFiles(
            snapshot,
            found.paths.filter((path) => !inside(path)),
            facts,
          ),
      coverageConfigured: coverageOrigin(snapshot) !== undefined,
      ...(django === undefined ? {} : { framework: { plugins: ["pytest-django"], options: django.options } }),
      ...(hasDoctests(config, found, facts) ? { doctests: true as const } : {}),
    },
    evidence: [
      {
        fact: "tests",
        value: found.paths.join(", ") || "none",
        origin: found.origin,
        change: "the setting test.paths, or testpaths of pytest",
      },
      ...(django === undefined ? [] : [djangoEvidence(django)]),
    ],
  }
}

function djangoEvidence({ options, origin }: DjangoTests): Evidence {
  return {
    fact: "test framework",
    value: ["Django: pytest-django", ...options].join(", "),
    origin,
    change: "the same options in pytest's own configuration",
  }
}

/** True where pytest would run the examples of the packages too: it is told to, and to look where they lie. */
function hasDoctests(
  config: PytestConfig | undefined,
  found: Found,
  facts: { packages: readonly ImportPackage[] },
): boolean {
  if (config?.addopts.includes("--doctest-modules") !== true) return false
  if (config.testpaths.length === 0) return true
  return facts.packages.some((each) => found.paths.some((path) => path === "." || each.path.startsWith(`${path}/`)))
}

/** Where pytest would find its coverage configuration. */
export function coverageOrigin(snapshot: Snapshot): Origin | undefined {
  if (snapshot.has(".coveragerc")) return { file: ".coveragerc" }
  if (snapshot.setupCfg?.sections.some((name) => name.startsWith("coverage:")))
    return snapshot.setupCfg.origin("coverage:run")
  if (/^\[coverage:/m.test(snapshot.text("tox.ini") ?? "")) return { file: "tox.ini" }
  return snapshot.pyproject?.get("tool", "coverage") === undefined
    ? undefined
    : snapshot.pyproject.origin("tool", "coverage")
}

interface Found {
  readonly paths: readonly string[]
  readonly origin: Origin | "default"
}

function findTests(
  snapshot: Snapshot,
  config: PytestConfig | undefined,
  facts: { packages: readonly ImportPackage[]; overrides: TestOverrides; django?: DjangoTests },
): Found {
  if (facts.overrides.paths !== undefined) return { paths: facts.overrides.paths, origin: "default" }
  const { tree } = snapshot
  const configured = (config?.testpaths ?? []).flatMap((pattern) => expand(tree, snapshot.paths, pattern))
  if (config !== undefined && configured.length > 0) return { paths: configured, origin: config.origin }
  if (facts.django !== undefined) return facts.django
  const files = snapshot.paths.filter(testFileMatcher(config?.pythonFiles ?? []))
  const holding = (folder: string): boolean => files.some((path) => path.startsWith(`${folder}/`))
  const usual = ["tests", "test", "testing", "src/tests", "src/test"].filter(holding)
  if (usual.length > 0) return { paths: usual, origin: { file: usual[0] ?? "" } }
  const inPackages = [...new Set(files.flatMap((path) => testRootInside(path, facts.packages) ?? []))]
  if (inPackages.length > 0) return { paths: inPackages, origin: { file: inPackages[0] ?? "" } }
  const single = snapshot.paths.filter(
    (path) => !path.includes("/") && (files.includes(path) || /^tests?\.py$/.test(path)),
  )
  const folders = [...new Set(files.filter((path) => path.includes("/")).map((path) => path.split("/")[0] ?? ""))]
  const rest = [...folders.filter((folder) => !NOT_TESTS.test(folder)), ...single]
  return { paths: rest, origin: rest[0] === undefined ? "default" : { file: rest[0] } }
}

/** pytest matches a pattern with a slash against the path, any other against the name. */
function testFileMatcher(patterns: readonly string[]): (path: string) => boolean {
  const globs = (patterns.length > 0 ? patterns : ["test_*.py", "*_test.py"]).map((pattern) => ({
    glob: globToRegExp(pattern),
    whole: pattern.includes("/"),
  }))
  return (path) => {
    const name = path.slice(path.lastIndexOf("/") + 1)
    return globs.some(({ glob, whole }) => glob.test(whole ? path : name))
  }
}

/** The folder of tests inside a package: the outermost one named so, else the package itself. */
function testRootInside(path: string, packages: readonly ImportPackage[]): string | undefined {
  const home = packages.find((each) => each.kind !== "module" && path.startsWith(`${each.path}/`))
  if (home === undefined) return undefined
  const parts = path.slice(home.path.length + 1).split("/")
  const index = parts.findIndex((part) => /^(?:tests?|testing)$/.test(part))
  return index === -1 ? home.path : join(home.path, parts.slice(0, index + 1).join("/"))
}

function expand(tree: Tree, paths: readonly string[], pattern: string): readonly string[] {
  const clean = join("", pattern)
  if (clean === "") return ["."]
  if (tree.hasFile(clean) || tree.hasFolder(clean)) return [clean]
  if (!/[*?[]/.test(clean)) return []
  const glob = globToRegExp(clean)
  const folders = paths.flatMap((path) => path.split("/").map((_, index, parts) => parts.slice(0, index).join("/")))
  return [...new Set([...folders, ...paths])].filter((path) => glob.test(path)).sort()
}

function wholeTree(): FilePatterns {
  return { include: ["**"], exclude: [".git", ".quillon", "README*", "docs", "**/__pycache__"] }
}

/** Tests and configuration; import packages stay out, so that only the wheel can be imported. */
function testFiles(
  snapshot: Snapshot,
  paths: readonly string[],
  facts: { packages: readonly ImportPackage[]; overrides: TestOverrides },
): FilePatterns {
  const roots = paths.map((path) => (path === "." ? "**" : path))
  const above = paths.flatMap((path) =>
    path.split("/").map((_, index, parts) => join(parts.slice(0, index).join("/"), "conftest.py")),
  )
  const include = [
    ...roots,
    ...CONFIGURATION.filter(snapshot.has),
    ...above.filter(snapshot.has),
    ...facts.overrides.include,
  ]
  // Data that a test opens where it lies can be shown: a folder without modules hides no installed package.
  const opened = (path: string): boolean => facts.overrides.include.some((pattern) => pattern.startsWith(`${path}/`))
  const sources = facts.packages.map(({ path }) => (opened(path) ? `${path}/**/*.py` : path))
  return {
    include: [...new Set(include)].sort(),
    exclude: [
      ...new Set([...sources, ".git", ".quillon", "**/__pycache__", ...(roots.includes("**") ? ["README*"] : [])]),
    ],
  }
}
