import type { ImportPackage } from "../../project/project.js"
import { readerFiles } from "./backend-reader.js"
import type { VersionSettings } from "./settings.js"

const ROOT =
  /^(?:VERSION|pyproject\.toml|setup\.cfg|setup\.py|PKG-INFO|CITATION\.cff|(?:uv|poetry|pdm|Cargo)\.lock|(?:CHANGELOG|CHANGES|HISTORY|NEWS)(?:\.(?:md|rst|txt))?)$/i
const IMAGE = /^(?:(?:docker|\.docker|deploy|build)\/)?(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$/
const SPHINX = /^docs?\/(?:source\/|src\/)?conf\.py$/
const CHART = /^(?!(?:.*\/)?(?:tests?|testing|examples?|vendor|third_party)\/)(?:[\w.-]+\/){0,3}Chart\.yaml$/

/** Modules in which a package keeps its version besides `__init__`. */
const VERSION_MODULES = ["_version", "__version__", "version", "__about__", "_about", "about", "_meta"]

/** What is known before any text of a candidate is. */
export interface Known {
  readonly paths: readonly string[]
  readonly packages: readonly ImportPackage[]
  readonly settings: VersionSettings
  /** Texts that have been read; build configuration names more files. */
  readonly text: (path: string) => string | undefined
}

/** The files in which the version may stand, as far as the texts that are known name them. */
export function candidateFiles({ paths, packages, settings, text }: Known): readonly string[] {
  const modules = new Set(packages.flatMap((each) => versionModules(each, text)))
  const named = new Set([...readerFiles({ packages, text }), ...settings.files.map(({ path }) => path)])
  if (settings.source !== undefined) named.add(settings.source)
  return paths.filter(
    (path) =>
      [ROOT, IMAGE, SPHINX, CHART].some((pattern) => pattern.test(path)) || modules.has(path) || named.has(path),
  )
}

/** Modules of an import package that may hold its version; `text` tells from where `__init__` imports it. */
export function versionModules({ name, kind, path }: ImportPackage, text: Known["text"]): readonly string[] {
  if (kind === "module") return [path]
  const init = `${path}/__init__.py`
  const imported = importedFrom(text(init) ?? "", name).map((module) => `${path}/${module.replaceAll(".", "/")}.py`)
  return [...new Set([init, ...imported, ...VERSION_MODULES.map((each) => `${path}/${each}.py`)])]
}

/** Modules of the package from which `__version__` is imported, without the package's own name. */
function importedFrom(text: string, name: string): readonly string[] {
  const imports = /^from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?[^)\n]*\b(?:__version__|VERSION)\b/gm
  return [...text.matchAll(imports)].flatMap(([, module = ""]) => {
    if (module.startsWith(`${name}.`)) return [module.slice(name.length + 1)]
    return /^\.\w/.test(module) ? [module.slice(1)] : []
  })
}

/** True for a file in which charts, images or documentation repeat the version. */
export const isImageFile = (path: string): boolean => IMAGE.test(path)

/** True for a Sphinx configuration. */
export const isSphinxConfiguration = (path: string): boolean => SPHINX.test(path)

/** True for a Helm chart. */
export const isChart = (path: string): boolean => CHART.test(path)

/** True for a changelog at the project's root. */
export const isChangelog = (path: string): boolean => /^(?:CHANGELOG|CHANGES|HISTORY|NEWS)(?:\.\w+)?$/i.test(path)
