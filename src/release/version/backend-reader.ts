import { readIni } from "../../project/ini.js"
import type { ImportPackage } from "../../project/project.js"
import { asString, asStrings, asTable, readToml, type TomlDocument } from "../../project/toml.js"
import { join } from "../../project/tree.js"
import { compiledReaders } from "./compiled-readers.js"

/** Where a build backend reads a version that `[project]` does not state. */
export interface ReaderSpec {
  /** Candidates, the first that is there counts. */
  readonly files: readonly string[]
  /** `whole`: the file holds the version and nothing else. A name: what the module assigns. */
  readonly how:
    | { readonly kind: "whole" }
    | { readonly kind: "name"; readonly name: string }
    /** A Python regular expression with a group `version`. */
    | { readonly kind: "pattern"; readonly pattern: string }
    | { readonly kind: "toml"; readonly path: readonly string[] }
  /** The configuration that says so, e.g. `[tool.hatch.version] path`. */
  readonly says: string
}

/** Texts and packages from which the readers are known. */
export interface ReaderInput {
  readonly packages: readonly ImportPackage[]
  readonly text: (path: string) => string | undefined
}

const NAME = { kind: "name", name: "__version__" } as const

/** What the project's build configuration says about where its version is read, most telling first. */
export function readerSpecs({ packages, text }: ReaderInput): readonly ReaderSpec[] {
  const pyproject = text("pyproject.toml")
  const document = pyproject === undefined ? undefined : readToml(pyproject, "pyproject.toml")
  const setupCfg = text("setup.cfg")
  const configured = setupCfg === undefined ? "" : (readIni(setupCfg, "setup.cfg").get("metadata", "version") ?? "")
  return [
    ...(document === undefined
      ? []
      : [...hatch(document), ...pdm(document), ...setuptools(document, packages), ...compiledReaders(document)]),
    ...directive(configured, packages),
  ]
}

/** The files that {@link readerSpecs} name. */
export function readerFiles(input: ReaderInput): readonly string[] {
  return readerSpecs(input).flatMap(({ files }) => files)
}

function hatch(document: TomlDocument): readonly ReaderSpec[] {
  const path = asString(document.get("tool", "hatch", "version", "path"))
  if (path === undefined) return []
  const pattern = document.get("tool", "hatch", "version", "pattern")
  const expression = asString(document.get("tool", "hatch", "version", "expression"))
  const how =
    typeof pattern === "string"
      ? ({ kind: "pattern", pattern } as const)
      : expression !== undefined && /^[A-Za-z_]\w*$/.test(expression)
        ? ({ kind: "name", name: expression } as const)
        : path.endsWith(".py")
          ? ({ kind: "name", name: "__version__|VERSION" } as const)
          : ({
              kind: "pattern",
              pattern: `^(?:__version__|VERSION)(?: ?: ?str)? *= *['"]v?(?P<version>.+?)['"]`,
            } as const)
  return [{ files: [join("", path)], how, says: "[tool.hatch.version] path" }]
}

function pdm(document: TomlDocument): readonly ReaderSpec[] {
  const path = asString(document.get("tool", "pdm", "version", "path"))
  return path === undefined ? [] : [{ files: [join("", path)], how: NAME, says: "[tool.pdm.version] path" }]
}

function setuptools(document: TomlDocument, packages: readonly ImportPackage[]): readonly ReaderSpec[] {
  const { attr, file } = asTable(document.get("tool", "setuptools", "dynamic", "version"))
  const says = "[tool.setuptools.dynamic] version"
  const attribute = asString(attr)
  return [
    ...(attribute === undefined ? [] : [attributeSpec(attribute, packages, says)]),
    ...asStrings(file).map((path): ReaderSpec => ({ files: [join("", path)], how: { kind: "whole" }, says })),
  ]
}

/** `attr: package.NAME` and `file: PATH` of `setup.cfg`. */
function directive(value: string, packages: readonly ImportPackage[]): readonly ReaderSpec[] {
  const [, kind, argument] = /^(attr|file):\s*(\S+)$/.exec(value) ?? []
  if (argument === undefined) return []
  const says = "setup.cfg [metadata] version"
  if (kind === "attr") return [attributeSpec(argument, packages, says)]
  return [{ files: [join("", argument)], how: { kind: "whole" }, says }]
}

/** `package.module.NAME` lies in the package's `__init__`, or in that module. */
function attributeSpec(attribute: string, packages: readonly ImportPackage[], says: string): ReaderSpec {
  const parts = attribute.split(".")
  const name = parts.pop() ?? attribute
  const how = { kind: "name", name } as const
  const root = packages.find((each) => attribute === each.name || attribute.startsWith(`${each.name}.`))
  if (root === undefined) {
    const path = parts.join("/")
    return {
      files: ["src/", ""].flatMap((folder) => [`${folder}${path}/__init__.py`, `${folder}${path}.py`]),
      how,
      says,
    }
  }
  if (root.kind === "module") return { files: [root.path], how, says }
  const path = join(root.path, parts.slice(root.name.split(".").length).join("/"))
  return { files: [`${path}/__init__.py`, `${path}.py`], how, says }
}
