import { listLines, listWords } from "./ini.js"
import type { PackagesClaim } from "./packages.js"
import type { ImportPackage, Origin } from "./project.js"
import { PythonCall } from "./python-literals.js"
import { argument, isStrings } from "./setup-py.js"
import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable } from "./toml.js"
import { findImport, join, modulesIn, packagesIn, type Tree } from "./tree.js"

/** What setuptools is told, in whichever of its three files. */
interface Told {
  /** Dotted names of packages that are listed one by one. */
  readonly packages: readonly string[]
  readonly modules: readonly string[]
  /** `package_dir`: dotted name to folder; `""` is the root of all. */
  readonly folders: Readonly<Record<string, string>>
  readonly find?: {
    readonly where: readonly string[]
    readonly include: readonly string[]
    readonly exclude: readonly string[]
  }
  readonly origin: Origin
}

/** Packages as setuptools finds them: listed, by `find`, or by its automatic discovery. */
export function setuptoolsPackages(snapshot: Snapshot, tree: Tree, never: RegExp): PackagesClaim | undefined {
  for (const told of [fromPyproject(snapshot), fromSetupCfg(snapshot), fromSetupPy(snapshot)]) {
    if (told === undefined) continue
    const packages = [...listed(tree, told), ...foundBy(tree, told)]
    if (packages.length > 0) return { packages: topMost(packages), origin: told.origin }
  }
  return automatic(tree, never)
}

function listed(tree: Tree, told: Told): readonly ImportPackage[] {
  return [...told.packages, ...told.modules].flatMap((name) => {
    const own = told.folders[name]
    const path = own === undefined ? undefined : join("", own)
    if (path !== undefined && tree.hasFolder(path)) return [{ name, kind: "package" as const, path }]
    return findImport(tree, told.folders[""] ?? "", name) ?? []
  })
}

function foundBy(tree: Tree, told: Told): readonly ImportPackage[] {
  const find = told.find
  if (find === undefined) return []
  return find.where
    .flatMap((root) => packagesIn(tree, join("", root)))
    .filter(({ name }) => find.include.length === 0 || find.include.some((pattern) => matches(pattern, name)))
    .filter(({ name }) => !find.exclude.some((pattern) => matches(pattern, name)))
}

/** setuptools' `find` matches with shell patterns in which `*` also spans dots. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".")
  return new RegExp(`^${source}$`).test(name) || new RegExp(`^${source}\\.`).test(`${name}.`)
}

function topMost(packages: readonly ImportPackage[]): readonly ImportPackage[] {
  return packages.filter(
    ({ name }, index) =>
      packages.findIndex((other) => other.name === name) === index &&
      !packages.some((other) => other.kind === "package" && name.startsWith(`${other.name}.`)),
  )
}

function fromPyproject({ pyproject }: Snapshot): Told | undefined {
  const table = asTable(pyproject?.get("tool", "setuptools"))
  if (pyproject === undefined || (table.packages === undefined && table["py-modules"] === undefined)) return undefined
  const find = asTable(table.packages).find
  const folders = asTable(table["package-dir"]) as Readonly<Record<string, string>>
  const options = asTable(find)
  return {
    packages: asStrings(table.packages),
    modules: asStrings(table["py-modules"]),
    folders,
    origin: pyproject.origin("tool", "setuptools", table.packages === undefined ? "py-modules" : "packages"),
    ...(find === undefined
      ? {}
      : {
          find: {
            where: options.where === undefined ? [folders[""] ?? ""] : asStrings(options.where),
            include: asStrings(options.include),
            exclude: asStrings(options.exclude),
          },
        }),
  }
}

function fromSetupCfg({ setupCfg }: Snapshot): Told | undefined {
  const packages = setupCfg?.get("options", "packages")
  const modules = setupCfg?.get("options", "py_modules")
  if (setupCfg === undefined || (packages === undefined && modules === undefined)) return undefined
  const folders = Object.fromEntries(
    listLines(setupCfg.get("options", "package_dir")).map((line) => line.split("=").map((part) => part.trim())),
  ) as Record<string, string>
  const finds = /^find(?:_namespace)?:/.test(packages ?? "")
  const option = (key: string) => listWords(setupCfg.get("options.packages.find", key))
  const where = option("where")
  return {
    packages: finds ? [] : listWords(packages),
    modules: listWords(modules),
    folders,
    origin: setupCfg.origin("options", packages === undefined ? "py_modules" : "packages"),
    ...(finds
      ? {
          find: {
            where: where.length > 0 ? where : [folders[""] ?? ""],
            include: option("include"),
            exclude: option("exclude"),
          },
        }
      : {}),
  }
}

function fromSetupPy({ setupPy }: Snapshot): Told | undefined {
  const packages = setupPy?.get("packages")
  const modules = setupPy?.strings("py_modules")
  if (setupPy === undefined || (packages === undefined && modules === undefined)) return undefined
  const folders = asTable(setupPy.get("package_dir")) as Readonly<Record<string, string>>
  const origin = setupPy.origin(packages === undefined ? "py_modules" : "packages")
  const told = { modules: modules ?? [], folders, origin }
  if (isStrings(packages)) return { ...told, packages }
  if (!(packages instanceof PythonCall) || !/find(?:_namespace)?_packages$/.test(packages.name)) {
    return { ...told, packages: [] }
  }
  const strings = (keyword: string, position: number): readonly string[] =>
    asStrings(argument(packages, keyword) ?? packages.positional[position])
  const where = strings("where", 0)
  return {
    ...told,
    packages: [],
    find: {
      where: where.length > 0 ? where : [folders[""] ?? ""],
      include: strings("include", 2),
      exclude: strings("exclude", 1),
    },
  }
}

function automatic(tree: Tree, never: RegExp): PackagesClaim | undefined {
  if (tree.hasFolder("src")) {
    const packages = [...packagesIn(tree, "src"), ...modulesIn(tree, "src")]
    if (packages.length > 0) return { packages, origin: { file: "src" } }
  }
  const flat = packagesIn(tree, "").filter(
    ({ name, kind }) => kind === "package" && !never.test(name.split(".")[0] ?? ""),
  )
  return flat.length === 1 ? { packages: flat, origin: "default" } : undefined
}
