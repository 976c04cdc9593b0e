import type { Backend } from "./backend.js"
import type { PackagesClaim } from "./packages.js"
import type { ImportPackage } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asString, asStrings, asTable, type TomlDocument } from "./toml.js"
import { findImport, holdsModules, join, packagesIn, type Tree } from "./tree.js"

type Reader = (pyproject: TomlDocument, tree: Tree, name: string) => PackagesClaim | undefined

/** Packages as the configuration of flit, hatchling, poetry, pdm, uv, maturin or scikit-build names them. */
export function configuredPackages(
  snapshot: Snapshot,
  tree: Tree,
  facts: { name: string | undefined; backend: Backend | undefined },
): PackagesClaim | undefined {
  const read = facts.backend === undefined ? undefined : READERS[facts.backend.family]
  if (snapshot.pyproject === undefined || read === undefined) return undefined
  return read(snapshot.pyproject, tree, facts.name ?? "")
}

const READERS: Partial<Record<Backend["family"], Reader>> = {
  flit(pyproject, tree) {
    const keys = [
      ["tool", "flit", "module", "name"],
      ["tool", "flit", "metadata", "module"],
    ]
    for (const key of keys) {
      const module = asString(pyproject.get(...key))
      if (module !== undefined) return claim(firstOf(tree, ["src", ""], module), pyproject, key)
    }
    return undefined
  },
  hatchling(pyproject, tree) {
    const wheel = ["tool", "hatch", "build", "targets", "wheel"]
    for (const key of ["packages", "only-include", "include"]) {
      const paths = asStrings(pyproject.get(...wheel, key) ?? pyproject.get("tool", "hatch", "build", key))
      const found = paths.flatMap((path) => atPath(tree, path.replace(/^\/|\/(?:\*\*?)?$/g, "")))
      if (found.length > 0) return claim(found, pyproject, [...wheel, key])
    }
    return undefined
  },
  poetry(pyproject, tree) {
    const entries = pyproject.get("tool", "poetry", "packages")
    const found = (Array.isArray(entries) ? entries : []).map(asTable).flatMap((entry) => {
      const include = asString(entry.include)?.replace(/\/?\*.*$/, "") ?? ""
      return below(tree, asString(entry.from) ?? "", include)
    })
    return claim(found, pyproject, ["tool", "poetry", "packages"])
  },
  pdm(pyproject, tree) {
    const key = ["tool", "pdm", "build", "includes"]
    const folder = asString(pyproject.get("tool", "pdm", "build", "package-dir"))
    const includes = asStrings(pyproject.get(...key)).flatMap((path) => atPath(tree, path.replace(/\/?\*.*$|\/$/g, "")))
    if (includes.length > 0) return claim(includes, pyproject, key)
    return folder === undefined
      ? undefined
      : claim(packagesIn(tree, join("", folder)), pyproject, [...key, "package-dir"])
  },
  uv(pyproject, tree, name) {
    const key = ["tool", "uv", "build-backend"]
    const settings = asTable(pyproject.get(...key))
    const root = asString(settings["module-root"]) ?? "src"
    const modules = asStrings(settings["module-name"])
    const wanted = modules.length > 0 ? modules : [name.replace(/[-.]+/g, "_").toLowerCase()]
    return claim(
      wanted.flatMap((module) => below(tree, root, module)),
      pyproject,
      key,
    )
  },
  maturin(pyproject, tree, name) {
    const key = ["tool", "maturin"]
    const settings = asTable(pyproject.get(...key))
    const module = asString(settings["module-name"])?.split(".")[0] ?? name.replace(/[-.]+/g, "_")
    const packages = asStrings(settings["python-packages"])
    const root = asString(settings["python-source"]) ?? ""
    return claim(
      (packages.length > 0 ? packages : [module]).flatMap((each) => below(tree, root, each)),
      pyproject,
      key,
    )
  },
  "scikit-build"(pyproject, tree) {
    const key = ["tool", "scikit-build", "wheel", "packages"]
    return claim(
      asStrings(pyproject.get(...key)).flatMap((path) => atPath(tree, path)),
      pyproject,
      key,
    )
  },
}

function claim(
  packages: readonly ImportPackage[],
  pyproject: TomlDocument,
  key: readonly string[],
): PackagesClaim | undefined {
  return packages.length === 0 ? undefined : { packages, origin: pyproject.origin(...key) }
}

function firstOf(tree: Tree, roots: readonly string[], module: string): readonly ImportPackage[] {
  for (const root of roots) {
    const found = findImport(tree, root, module)
    if (found !== undefined) return [found]
  }
  return []
}

function below(tree: Tree, root: string, include: string): readonly ImportPackage[] {
  if (include === "") return packagesIn(tree, join("", root))
  const found = findImport(tree, join("", root), include.replaceAll("/", ".").replace(/\.py$/, ""))
  if (found === undefined) return []
  if (found.kind !== "namespace" || holdsModules(tree, found.path)) return [found]
  const inner = packagesIn(tree, found.path, found.name)
  return inner.length > 0 ? inner : [found]
}

/** A path as hatchling and pdm name it: its last folder is the package, `src/` is taken off. */
function atPath(tree: Tree, path: string): readonly ImportPackage[] {
  const clean = join("", path)
  if (clean === "src") return packagesIn(tree, "src")
  const source = /^(src|lib|python)\/(.+)$/.exec(clean)
  return source === null ? below(tree, "", clean) : below(tree, source[1] ?? "", source[2] ?? "")
}
