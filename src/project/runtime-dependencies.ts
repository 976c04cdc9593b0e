import type { Located } from "./extras.js"
import { listLines } from "./ini.js"
import { poetryRequirements } from "./poetry-requirements.js"
import type { Evidence, RequirementInput } from "./project.js"
import type { RequirementsFile } from "./requirement-files.js"
import type { Snapshot } from "./snapshot.js"
import { asStrings, asTable } from "./toml.js"

/** What the project itself needs. */
export interface Runtime {
  readonly inputs: readonly RequirementInput[]
  /** True where only the build backend knows. */
  readonly dynamic: boolean
  readonly origin: Evidence["origin"]
}

/** Reads what the wheel, or the application, depends on. */
export function readRuntime(
  snapshot: Snapshot,
  facts: { kind: "package" | "application"; files: readonly RequirementsFile[] },
): Runtime {
  const stated = fromProject(snapshot) ?? fromPoetry(snapshot) ?? fromFlit(snapshot) ?? fromSetup(snapshot)
  if (stated !== undefined) return stated
  const files = facts.files.filter(({ purpose }) => purpose === "runtime").map(({ path }) => path)
  if (facts.kind === "application") {
    return {
      inputs: files.map((path) => ({ kind: "file", path })),
      dynamic: false,
      origin: files[0] === undefined ? "default" : { file: files[0] },
    }
  }
  return dynamic({ file: snapshot.has("setup.py") ? "setup.py" : "pyproject.toml" })
}

const dynamic = (origin: Evidence["origin"]): Runtime => ({
  inputs: [{ kind: "metadata", extras: [] }],
  dynamic: true,
  origin,
})

function fixed(located: readonly Located[], origin: Evidence["origin"]): Runtime {
  return { inputs: located.map((each) => ({ kind: "requirement", ...each })), dynamic: false, origin }
}

function fromProject({ pyproject }: Snapshot): Runtime | undefined {
  if (pyproject?.get("project") === undefined) return undefined
  const unread = asStrings(pyproject.get("project", "dynamic"))
  const origin = pyproject.origin("project", "dependencies")
  if (unread.includes("dependencies") || unread.includes("optional-dependencies"))
    return dynamic(pyproject.origin("project", "dynamic"))
  const list = asStrings(pyproject.get("project", "dependencies"))
  return fixed(
    list.map((text, index) => ({ text, origin: pyproject.origin("project", "dependencies", index) })),
    origin,
  )
}

function fromPoetry({ pyproject }: Snapshot): Runtime | undefined {
  const table = pyproject?.get("tool", "poetry", "dependencies")
  if (pyproject === undefined || table === undefined) return undefined
  const key = ["tool", "poetry", "dependencies"]
  const located = poetryRequirements(asTable(table)).map(({ name, text }) => ({
    text,
    origin: pyproject.origin(...key, name),
  }))
  return fixed(located, pyproject.origin(...key))
}

function fromFlit({ pyproject }: Snapshot): Runtime | undefined {
  const key = ["tool", "flit", "metadata"]
  if (pyproject?.get(...key) === undefined) return undefined
  const list = asStrings(pyproject.get(...key, "requires"))
  return fixed(
    list.map((text, index) => ({ text, origin: pyproject.origin(...key, "requires", index) })),
    pyproject.origin(...key),
  )
}

/** setup.cfg, where no setup.py can overrule it; or a setup.py whose dependencies are plain lists of text. */
function fromSetup({ setupCfg, setupPy }: Snapshot): Runtime | undefined {
  const inPy = setupPy?.get("install_requires") !== undefined || setupPy?.get("extras_require") !== undefined
  if (setupCfg?.get("metadata", "name") !== undefined && !inPy) {
    const origin = setupCfg.origin("options", "install_requires")
    const value = setupCfg.get("options", "install_requires")
    if (value?.startsWith("file:")) return dynamic(origin)
    return fixed(
      listLines(value).map((text) => ({ text, origin })),
      origin,
    )
  }
  if (setupPy?.complete !== true || !readable(setupPy.get("extras_require"))) return undefined
  const list = setupPy.get("install_requires") === undefined ? [] : setupPy.strings("install_requires")
  if (list === undefined || setupCfg?.get("options", "install_requires") !== undefined) return undefined
  const origin = setupPy.origin("install_requires")
  return fixed(
    list.map((text) => ({ text, origin })),
    origin,
  )
}

function readable(extras: unknown): boolean {
  if (extras === undefined) return true
  return Object.getPrototypeOf(extras) === Object.prototype && Object.values(asTable(extras)).every(Array.isArray)
}
