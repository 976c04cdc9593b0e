/** Where a fact was read, so that `quillon inspect` can show it. */
export interface Origin {
  /** Path relative to the project, `/` as separator. */
  readonly file: string
  /** 1-based, when the fact stands on one line. */
  readonly line?: number
}

/** One fact as `quillon inspect` prints it: what, its value, from where, and what would change it. */
export interface Evidence {
  readonly fact: string
  readonly value: string
  readonly origin: Origin | "default"
  /** The setting that decided, e.g. `python.versions`. */
  readonly setBy?: string
  /** The setting or file that would change it. */
  readonly change?: string
}

/** Files of the project, as patterns relative to it in the syntax of `.dockerignore`. */
export interface FilePatterns {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** Shows what git ignores too: files that something else than a checkout put there. */
  readonly ignored?: true
}

/** Something that `import` finds once the project is installed. */
export interface ImportPackage {
  /** Dotted name, e.g. `itsdangerous` or `google.cloud.storage`. */
  readonly name: string
  readonly kind: "package" | "module" | "namespace"
  /** Where it lies in the project: a folder, or a `.py` file for a module. */
  readonly path: string
}

/** How the project is built (PEP 517, PEP 518). */
export interface BuildFacts {
  /** `build-backend`, e.g. `flit_core.buildapi`; the legacy setuptools backend where PEP 517 says so. */
  readonly backend: string
  readonly requires: readonly string[]
  /** `backend-path`: folders of the project from which the backend itself is imported. */
  readonly backendPath?: readonly string[]
  /** False where an extension module is built, so that each interpreter needs a wheel of its own. */
  readonly pure: boolean
  /** `scm`: the version is the git tag, read by setuptools-scm, hatch-vcs and their kin. */
  readonly version: "static" | "file" | "scm"
  /** What a build reads, and no more. */
  readonly files: FilePatterns
}

/** How the tests are run. */
export interface TestFacts {
  readonly present: boolean
  /** Folders or files that hold tests, in pytest's order. */
  readonly paths: readonly string[]
  /** True where tests lie inside an import package and are installed with it (`--pyargs`). */
  readonly insidePackage: boolean
  /** What makes pytest run the tests as the framework's own runner would: plugins to install, options as `name=value`. */
  readonly framework?: { readonly plugins: readonly string[]; readonly options: readonly string[] }
  /** True where pytest is to run the examples in the packages' docstrings too. */
  readonly doctests?: true
  /** Tests and their configuration, without the import packages, so that only the wheel can be imported. */
  readonly files: FilePatterns
  /** True where pytest would find its coverage configuration in the project. */
  readonly coverageConfigured: boolean
}

/** One line of what is to be resolved. */
export type RequirementInput =
  /** A PEP 508 requirement, from metadata, a group (PEP 735) or a setting. */
  | { readonly kind: "requirement"; readonly text: string; readonly origin: Origin | "default" }
  /** A requirements file of the project. */
  | { readonly kind: "file"; readonly path: string }
  /** The project's own metadata, which only its backend can tell (dynamic dependencies), with extras. */
  | { readonly kind: "metadata"; readonly extras: readonly string[] }

/** For what an environment is resolved: the wheel alone, its tests, its type check. */
export type Purpose = "runtime" | "test" | "types"

/** The project's own lock, taken as it is. */
export interface LockFile {
  readonly kind: "uv" | "poetry" | "pdm" | "requirements"
  readonly path: string
  /** Groups and extras of the lock that each purpose takes. */
  readonly groups: Readonly<Record<Purpose, readonly string[]>>
  readonly extras: Readonly<Record<Purpose, readonly string[]>>
}

/** What the settings `groups`, `extras` and `requirements` of a stage would say, had they been written down. */
export interface ChosenSources {
  readonly groups: readonly string[]
  readonly extras: readonly string[]
  /** Requirements, and paths of requirements files. */
  readonly requirements: readonly string[]
}

/** What to install, before it is resolved. */
export interface Dependencies {
  readonly runtime: readonly RequirementInput[]
  /** Beyond the runtime. */
  readonly test: readonly RequirementInput[]
  /** Beyond the runtime. */
  readonly types: readonly RequirementInput[]
  /** From where the tests and the type check take what they need beyond the runtime. */
  readonly chosen?: Readonly<Record<"test" | "types", ChosenSources>>
  /** Normalised names of what each of the project's extras asks for. */
  readonly offered?: Readonly<Record<string, readonly string[]>>
  readonly constraints: readonly string[]
  readonly lock?: LockFile
  /** Files that `resolve` mounts: metadata, requirements, constraints, lock. */
  readonly files: FilePatterns
}

/** What the project says about a tool that a stage runs. */
export interface ToolFacts {
  /** The file that configures the tool, when there is one. */
  readonly configured?: Origin
  /** The project's own pin as a PEP 440 specifier, e.g. `==0.6.9`; it wins over ours. */
  readonly pin?: string
  /** Where the pin stands. */
  readonly pinned?: Origin
  /** Versions that the same lock has for other Pythons. */
  readonly others?: readonly string[]
  /** True where the project formats its code with this tool (ruff, black): its format is then checked. */
  readonly formats?: boolean
  /** Files, as patterns, that its format has nothing to do with. */
  readonly passesOver?: readonly string[]
  /** True where what it is told to check, or needs for it, may lie among the tests (mypy). */
  readonly mayNeedTests?: true
}

/** What this Python project is. Plain data: made once by `inspect`, read by every stage. */
export interface Project {
  /** Path relative to the git root, `.` at the root itself. */
  readonly path: string
  readonly kind: "package" | "application"
  /** Distribution name as the project spells it. */
  readonly name: string
  /** The version where it stands in the metadata; absent when only the backend or the tag knows. */
  readonly version?: string
  /** PEP 440 specifier of `requires-python`. */
  readonly requiresPython?: string
  /** Supported interpreters as `X.Y`, ascending. */
  readonly interpreters: readonly string[]
  /** Absent for an application that can't be built. */
  readonly build?: BuildFacts
  readonly packages: readonly ImportPackage[]
  readonly tests: TestFacts
  readonly dependencies: Dependencies
  readonly tools: Readonly<Partial<Record<"ruff" | "black" | "mypy" | "pytest" | "coverage" | "bandit", ToolFacts>>>
  /** Path of the project's own Dockerfile. */
  readonly dockerfile?: string
  /** Patterns of its `.dockerignore`. */
  readonly dockerignore?: readonly string[]
  /** What starts the project once it is installed: its only script, or a package with `__main__`. */
  readonly command?: readonly string[]
  /** Address of the source repository that its metadata names. */
  readonly repository?: string
  readonly evidence: readonly Evidence[]
}
