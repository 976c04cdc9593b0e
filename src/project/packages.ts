import type { Backend } from "./backend.js"
import { nestedProjects } from "./nested-projects.js"
import { configuredPackages } from "./packages-configured.js"
import { setuptoolsPackages } from "./packages-setuptools.js"
import type { Evidence, ImportPackage, Origin } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { findImport, modulesIn, packagesIn, type Tree } from "./tree.js"

/** Import packages and how they were found. */
export interface Packages {
  readonly packages: readonly ImportPackage[]
  readonly evidence: readonly Evidence[]
}

/** What one source says the import packages are. */
export interface PackagesClaim {
  readonly packages: readonly ImportPackage[]
  readonly origin: Origin | "default"
}

/** Top-level folders and modules that setuptools and people alike never mean to install. */
const NEVER_INSTALLED =
  /^(?:tests?|testing|docs?|documentation|examples?|scripts?|tools?|bench(?:es|marks?)?|benchmarks?|tasks?|build|dist|ci|bin|requirements|samples?|htmlcov|node_modules|venv|env|setup|conftest|noxfile|fabfile|tasks|toxfile|dodo|test_\w+|\w+_tests?)$/

/** What `import` finds once the project is installed: from the backend's configuration, else by its conventions. */
export function readPackages(
  snapshot: Snapshot,
  facts: { name: string | undefined; backend: Backend | undefined },
): Packages {
  const { tree } = snapshot
  const claim = [configured(snapshot, tree, facts), named(tree, facts.name), discovered(snapshot)].find(
    (found) => found !== undefined && found.packages.length > 0,
  ) ?? { packages: [], origin: "default" as const }
  return {
    packages: claim.packages,
    evidence: [
      {
        fact: "packages",
        value: claim.packages.map(({ name, path }) => `${name} (${path})`).join(", ") || "none",
        origin: claim.origin,
        change: "the package list of your build backend",
      },
    ],
  }
}

function configured(
  snapshot: Snapshot,
  tree: Tree,
  facts: { name: string | undefined; backend: Backend | undefined },
): PackagesClaim | undefined {
  if (facts.backend?.family === "setuptools") return setuptoolsPackages(snapshot, tree, NEVER_INSTALLED)
  return configuredPackages(snapshot, tree, facts)
}

/** The convention of flit, poetry, hatchling, uv and maturin: a package named as the distribution. */
function named(tree: Tree, name: string | undefined): PackagesClaim | undefined {
  if (name === undefined) return undefined
  const candidates = [importName(name), importName(name).toLowerCase(), name.replaceAll("-", ".")]
  for (const candidate of candidates) {
    for (const root of ["src", "", "lib", "python"]) {
      const found = findImport(tree, root, candidate)
      if (found !== undefined && found.kind !== "namespace") return { packages: [found], origin: { file: found.path } }
    }
  }
  return undefined
}

/** Packages below `src`, else at the top; those of a project within the project are its own. */
function discovered({ tree, paths }: Snapshot): PackagesClaim {
  const others = nestedProjects(paths)
  const isOurs = ({ path }: ImportPackage) => !others.some((folder) => path === folder || path.startsWith(`${folder}/`))
  const inSource = [...packagesIn(tree, "src"), ...modulesIn(tree, "src")].filter(isOurs)
  if (inSource.length > 0) return { packages: inSource, origin: { file: "src" } }
  const flat = packagesIn(tree, "").filter((found) => {
    const top = found.name.split(".")[0] ?? found.name
    return found.kind === "package" && !NEVER_INSTALLED.test(top) && isOurs(found)
  })
  if (flat.length > 0) return { packages: flat, origin: "default" }
  return { packages: modulesIn(tree, "").filter(({ name }) => !NEVER_INSTALLED.test(name)), origin: "default" }
}

/** The import name that a distribution's name suggests. */
export function importName(distribution: string): string {
  return distribution.replace(/[-.\s]+/g, "_")
}
