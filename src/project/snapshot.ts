import { QuillonError } from "../errors.js"
import type { ProjectFiles } from "./files.js"
import { type IniDocument, readIni } from "./ini.js"
import { readSetupPy, type SetupCall } from "./setup-py.js"
import { readToml, type TomlDocument } from "./toml.js"
import { makeTree, type Tree } from "./tree.js"

/** The file names and the small texts from which everything about the project is read. Plain data; readers of it are pure. */
export interface Snapshot {
  /** All files that git does not ignore, sorted. */
  readonly paths: readonly string[]
  /** The same as folders. */
  readonly tree: Tree
  readonly has: (path: string) => boolean
  /** Text of a configuration file; undefined when it is absent or not one that is read. */
  readonly text: (path: string) => string | undefined
  readonly pyproject?: TomlDocument
  readonly setupCfg?: IniDocument
  readonly setupPy?: SetupCall
}

const ROOT_FILES = new Set([
  ...["pyproject.toml", "quillon.toml", "setup.cfg", "setup.py", "MANIFEST.in", "PKG-INFO", "build.py"],
  ...["tox.ini", "tox.toml", "noxfile.py", "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", ".coveragerc"],
  ...["mypy.ini", ".mypy.ini", "ruff.toml", ".ruff.toml", ".bandit", "Dockerfile", "Containerfile", ".dockerignore"],
  ...[".python-version", "runtime.txt", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile", "VERSION"],
  ...[".pre-commit-config.yaml", ".pre-commit-config.yml"],
])

const REQUIREMENTS =
  /^(?:[^/]*(?:requirements|constraints)[^/]*|(?:requirements|constraints|reqs|deps)\/[^/]+|tests?\/[^/]*requirements[^/]*)\.(?:txt|in)$/i

const VERSION_MODULES =
  /^(?:[\w-]+\/){0,3}(?:__init__|__about__|__version__|_version|version|about|_about)\.py$|^\w+\.py$/

/** Its blocks of Python are code that may be formatted. */
const README = /^readme\.(?:md|markdown)$/i

/** True for the files whose text decides what the project is. */
export function isRead(path: string): boolean {
  return (
    ROOT_FILES.has(path) ||
    REQUIREMENTS.test(path) ||
    README.test(path) ||
    (VERSION_MODULES.test(path) && !/(?:^|\/)tests?\//.test(path))
  )
}

/** A project without the text of these would be another one. */
const METADATA = new Set(["pyproject.toml", "quillon.toml", "setup.cfg", "setup.py"])

function unreadable(path: string, why = "it is not UTF-8 text, or may not be read"): QuillonError {
  return new QuillonError({
    code: "UNREADABLE_FILE",
    message: `${path} says what the project is and can't be read: ${why}`,
    next: path.endsWith(".py")
      ? `Store ${path} as UTF-8, or have it declare its encoding: # -*- coding: latin-1 -*-`
      : `Store ${path} as UTF-8, which is the encoding in which its readers take it`,
    kind: "usage",
  })
}

/** Reads names and texts once. @throws QuillonError BROKEN_TOML or UNREADABLE_FILE */
export async function takeSnapshot(files: ProjectFiles): Promise<Snapshot> {
  const paths = await files.list()
  const texts = new Map<string, string>()
  await Promise.all(
    paths.filter(isRead).map(async (path) => {
      const text = await files.read(path)
      if (text !== undefined) texts.set(path, text)
      else if (METADATA.has(path)) throw unreadable(path, await files.whyUnread?.(path))
    }),
  )
  const names = new Set(paths)
  const pyproject = texts.get("pyproject.toml")
  const setupCfg = texts.get("setup.cfg")
  const setupPy = texts.get("setup.py")
  return {
    paths,
    tree: makeTree(paths),
    has: (path) => names.has(path),
    text: (path) => texts.get(path),
    ...(pyproject === undefined ? {} : { pyproject: readToml(pyproject, "pyproject.toml") }),
    ...(setupCfg === undefined ? {} : { setupCfg: readIni(setupCfg, "setup.cfg") }),
    ...(setupPy === undefined ? {} : { setupPy: readSetupPy(setupPy) }),
  }
}
