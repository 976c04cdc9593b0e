import type { ImportPackage } from "./project.js"

/** Questions about a list of paths. A folder is named without a slash at its end; `""` is the project itself. */
export interface Tree {
  hasFile(path: string): boolean
  hasFolder(path: string): boolean
  /** Names of the folders directly in a folder. */
  folders(folder: string): readonly string[]
  /** Names of the files directly in a folder. */
  files(folder: string): readonly string[]
}

/** Builds the folders of a list of files. */
export function makeTree(paths: readonly string[]): Tree {
  const folders = new Map<string, { folders: Set<string>; files: Set<string> }>()
  const node = (folder: string) => {
    let found = folders.get(folder)
    if (found === undefined) {
      found = { folders: new Set(), files: new Set() }
      folders.set(folder, found)
    }
    return found
  }
  const addFolder = (folder: string): void => {
    for (let rest = folder; rest !== ""; ) {
      const slash = rest.lastIndexOf("/")
      const parent = slash === -1 ? "" : rest.slice(0, slash)
      node(rest)
      node(parent).folders.add(rest.slice(slash + 1))
      rest = parent
    }
  }
  node("")
  for (const path of paths) {
    const slash = path.lastIndexOf("/")
    const home = slash === -1 ? "" : path.slice(0, slash)
    if (!folders.has(home)) addFolder(home)
    node(home).files.add(path.slice(slash + 1))
  }
  return {
    hasFile(path) {
      const slash = path.lastIndexOf("/")
      return folders.get(slash === -1 ? "" : path.slice(0, slash))?.files.has(path.slice(slash + 1)) ?? false
    },
    hasFolder: (path) => folders.has(path),
    folders: (folder) => [...(folders.get(folder)?.folders ?? [])],
    files: (folder) => [...(folders.get(folder)?.files ?? [])],
  }
}

/** Joins two relative paths; `.` and `""` are the project itself. */
export function join(folder: string, path: string): string {
  const parts = [folder, path].flatMap((part) => part.split("/")).filter((part) => part !== "" && part !== ".")
  return parts.join("/")
}

const IDENTIFIER = /^[A-Za-z_]\w*$/

/** The import package of a dotted name below a folder, if something of that name lies there. */
export function findImport(tree: Tree, root: string, dotted: string): ImportPackage | undefined {
  const path = join(root, dotted.replaceAll(".", "/"))
  if (isRegular(tree, path)) return { name: dotted, kind: "package", path }
  if (tree.hasFile(`${path}.py`)) return { name: dotted, kind: "module", path: `${path}.py` }
  if (tree.hasFolder(path) && hasModules(tree, path)) return { name: dotted, kind: "namespace", path }
  return undefined
}

/** Top-most import packages in a folder; those below namespace folders without a module of their own with their dotted name. */
export function packagesIn(tree: Tree, root: string, prefix = ""): readonly ImportPackage[] {
  return tree
    .folders(root)
    .filter((name) => IDENTIFIER.test(name))
    .flatMap((name): readonly ImportPackage[] => {
      const path = join(root, name)
      const dotted = prefix === "" ? name : `${prefix}.${name}`
      if (isRegular(tree, path)) return [{ name: dotted, kind: "package", path }]
      return holdsModules(tree, path) ? [{ name: dotted, kind: "namespace", path }] : packagesIn(tree, path, dotted)
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Single modules directly in a folder. */
export function modulesIn(tree: Tree, root: string): readonly ImportPackage[] {
  return tree
    .files(root)
    .filter((file) => isModule(file) && IDENTIFIER.test(file.slice(0, -3)))
    .map((file): ImportPackage => ({ name: file.slice(0, -3), kind: "module", path: join(root, file) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** True for a folder with `__init__.py`, or an `__init__` that a compiler makes. */
export function isRegular(tree: Tree, folder: string): boolean {
  return ["py", "pyx", "pyi"].some((extension) => tree.hasFile(`${folder}/__init__.${extension}`))
}

/** True for a folder with modules directly in it. */
export function holdsModules(tree: Tree, folder: string): boolean {
  return tree.files(folder).some(isModule)
}

const isModule = (file: string): boolean => file.endsWith(".py")

function hasModules(tree: Tree, folder: string): boolean {
  return holdsModules(tree, folder) || tree.folders(folder).some((name) => hasModules(tree, join(folder, name)))
}
