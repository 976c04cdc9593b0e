import type { Backend } from "./backend.js"
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
  const claim = [configured(snapshot, tree, facts), named(tree, facts.name), discovered(tree)].find(
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

function discovered(tree: Tree): PackagesClaim {
  const inSource = [...packagesIn(tree, "src"), ...modulesIn(tree, "src")]
  if (inSource.length > 0) return { packages: inSource, origin: { file: "src" } }
  const flat = packagesIn(tree, "").filter(({ name, kind }) => {
    const top = name.split(".")[0] ?? name
    return kind === "package" && !NEVER_INSTALLED.test(top)
  })
  if (flat.length > 0) return { packages: flat, origin: "default" }
  return { packages: modulesIn(tree, "").filter(({ name }) => !NEVER_INSTALLED.test(name)), origin: "default" }
}

/** The import name that a distribution's name suggests. */
export function importName(distribution: string): string {
  return distribution.replace(/[-.\s]+/g, "_")
}
