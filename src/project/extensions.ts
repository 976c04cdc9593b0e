import type { Backend } from "./backend.js"
import type { Evidence, ImportPackage, Origin } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asTable } from "./toml.js"

/** Whether a wheel runs on every interpreter. */
export interface Purity {
  readonly pure: boolean
  readonly evidence: Evidence
}

const SETUP_KEYWORDS = ["ext_modules", "cffi_modules", "rust_extensions", "cython_ext_modules", "cmake_source_dir"]
const COMPILED_SOURCES = /\.(?:pyx|c|cc|cpp|cxx|f90|rs)$/
const COMPILERS = /^(?:cython|pybind11|nanobind|cffi|setuptools[-_]rust|mypy|mypyc|scikit[-_]build|milksnake|cmake)\b/i
const HATCH_COMPILERS = /^(?:mypyc|cython|cmake|scikit-build|autorun)$/

/** Tells whether the project builds an extension module, and from what that is known. */
export function readPurity(snapshot: Snapshot, backend: Backend, packages: readonly ImportPackage[]): Purity {
  const found = byFamily(snapshot, backend) ?? bySetup(snapshot) ?? byCompiler(snapshot, backend, packages) ?? undefined
  return {
    pure: found === undefined,
    evidence: {
      fact: "extension modules",
      value: found?.why ?? "none: one wheel for all interpreters",
      origin: found?.origin ?? "default",
      change: "the setting build.pure",
    },
  }
}

interface Reason {
  readonly why: string
  readonly origin: Origin
}

function byFamily({ pyproject }: Snapshot, backend: Backend): Reason | undefined {
  if (pyproject === undefined) return undefined
  const at = (...key: readonly string[]) => ({ value: pyproject.get(...key), origin: pyproject.origin(...key) })
  switch (backend.family) {
    case "maturin":
    case "meson":
    case "scikit-build":
      return { why: `${backend.name} compiles`, origin: backend.origin }
    case "poetry": {
      const script = at("tool", "poetry", "build")
      return script.value === undefined ? undefined : { why: "poetry's build script", origin: script.origin }
    }
    case "pdm": {
      const setuptools = at("tool", "pdm", "build", "run-setuptools")
      return setuptools.value === true ? { why: "pdm runs setuptools", origin: setuptools.origin } : undefined
    }
    case "setuptools": {
      const modules = at("tool", "setuptools", "ext-modules")
      return modules.value === undefined ? undefined : { why: "ext-modules", origin: modules.origin }
    }
    case "hatchling": {
      for (const key of [
        ["tool", "hatch", "build", "hooks"],
        ["tool", "hatch", "build", "targets", "wheel", "hooks"],
      ]) {
        const hook = Object.keys(asTable(pyproject.get(...key))).find((name) => HATCH_COMPILERS.test(name))
        if (hook !== undefined) return { why: `hatch hook ${hook}`, origin: pyproject.origin(...key, hook) }
      }
      return undefined
    }
    default:
      return undefined
  }
}

function bySetup({ setupPy }: Snapshot): Reason | undefined {
  if (setupPy === undefined) return undefined
  for (const keyword of SETUP_KEYWORDS) {
    const value = setupPy.get(keyword)
    const empty = value === undefined || value === null || (Array.isArray(value) && value.length === 0)
    if (!empty) return { why: `${keyword} of setup()`, origin: setupPy.origin(keyword) }
  }
  return undefined
}

/** A compiler among the build requirements counts only where there is something to compile. */
function byCompiler(snapshot: Snapshot, backend: Backend, packages: readonly ImportPackage[]): Reason | undefined {
  const compiler = backend.requires.find((requirement) => COMPILERS.test(requirement))
  if (compiler === undefined) return undefined
  const source = snapshot.paths.find(
    (path) => COMPILED_SOURCES.test(path) && packages.some((each) => path.startsWith(`${each.path}/`)),
  )
  const extension = /\b(?:Extension|cythonize|mypycify|Pybind11Extension|ext_modules)\b/.test(
    snapshot.setupPy?.text ?? "",
  )
  if (source === undefined && !extension) return undefined
  return { why: `${compiler} compiles ${source ?? "what setup.py names"}`, origin: backend.origin }
}
