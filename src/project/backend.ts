import type { Evidence, Origin } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable } from "./toml.js"

/** Families of build backends whose configuration Quillon reads; `other` is any PEP 517 backend besides. */
export type BackendFamily =
  | "setuptools"
  | "hatchling"
  | "flit"
  | "poetry"
  | "pdm"
  | "uv"
  | "maturin"
  | "meson"
  | "scikit-build"
  | "other"

/** The build backend (PEP 517, PEP 518). */
export interface Backend {
  readonly name: string
  readonly family: BackendFamily
  readonly requires: readonly string[]
  /** `backend-path`: the backend lies in the project. */
  readonly path: readonly string[]
  readonly origin: Origin
}

const FAMILIES: readonly (readonly [RegExp, BackendFamily])[] = [
  [/^setuptools\b/, "setuptools"],
  [/^hatchling\b/, "hatchling"],
  [/^flit(?:_core|_scm)?\b/, "flit"],
  [/^poetry\b/, "poetry"],
  [/^pdm\b/, "pdm"],
  [/^uv_build\b/, "uv"],
  [/^maturin\b/, "maturin"],
  [/^mesonpy\b/, "meson"],
  [/^scikit_build_core\b/, "scikit-build"],
]

/** What PEP 517 demands where `build-backend` is absent. */
const LEGACY = { name: "setuptools.build_meta:__legacy__", requires: ["setuptools >= 40.8.0"] }

/** The backend that builds a project which names none (PEP 517). */
export const LEGACY_BACKEND: Backend = { ...LEGACY, family: "setuptools", path: [], origin: { file: "pyproject.toml" } }

/** Finds the build backend; undefined where nothing says how to build the project. */
export function readBackend(snapshot: Snapshot): Backend | undefined {
  const system = snapshot.pyproject?.get("build-system")
  if (snapshot.pyproject !== undefined && system !== undefined) {
    const table = asTable(system)
    const named = table["build-backend"]
    const path = asStrings(table["backend-path"])
    const name = typeof named === "string" ? named : LEGACY.name
    const declared = asStrings(table.requires)
    return {
      name,
      family: familyOf(name, { requires: declared, inTree: path.length > 0 }),
      requires: table.requires === undefined ? LEGACY.requires : declared,
      path,
      origin: snapshot.pyproject.origin("build-system", "build-backend"),
    }
  }
  if (snapshot.has("setup.py")) return { ...LEGACY, family: "setuptools", path: [], origin: { file: "setup.py" } }
  if (snapshot.setupCfg?.get("metadata", "name") !== undefined)
    return { ...LEGACY, family: "setuptools", path: [], origin: snapshot.setupCfg.origin("metadata") }
  return undefined
}

/** The backend as `inspect` shows it. */
export function backendEvidence(backend: Backend): Evidence {
  const inTree = backend.path.length > 0 ? ` (in the project: ${backend.path.join(", ")})` : ""
  return {
    fact: "build backend",
    value: `${backend.name}${inTree}`,
    origin: backend.origin,
    change: "[build-system] build-backend in pyproject.toml",
  }
}

/** An in-tree backend mostly wraps a known one, which `requires` then names. */
function familyOf(name: string, wrapped: { requires: readonly string[]; inTree: boolean }): BackendFamily {
  const known = FAMILIES.find(([pattern]) => pattern.test(name))?.[1]
  if (known !== undefined || !wrapped.inTree) return known ?? "other"
  const names = wrapped.requires.map((requirement) => requirement.toLowerCase().replaceAll("-", "_"))
  return FAMILIES.find(([pattern]) => names.some((required) => pattern.test(required)))?.[1] ?? "other"
}
