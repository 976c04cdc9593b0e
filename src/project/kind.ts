import type { Backend } from "./backend.js"
import { importName } from "./packages.js"
import type { Evidence, Origin, Project } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asString } from "./toml.js"

/** Whether the project is installed or run from its tree, and why. */
export interface Kind {
  readonly kind: Project["kind"]
  readonly evidence: Evidence
}

/** A package is what a build backend can build; without one, what looks like nothing else. */
export function readKind(snapshot: Snapshot, backend: Backend | undefined, wanted?: Project["kind"]): Kind {
  const say = (kind: Project["kind"], why: string, origin: Origin | "default"): Kind => ({
    kind,
    evidence: { fact: "kind", value: `${kind}: ${why}`, origin, change: "the setting kind" },
  })
  if (wanted !== undefined) return say(wanted, "as the settings say", "default")
  const { pyproject } = snapshot
  if (pyproject?.get("tool", "poetry", "package-mode") === false)
    return say("application", "package-mode = false", pyproject.origin("tool", "poetry", "package-mode"))
  if (pyproject?.get("tool", "uv", "package") === false)
    return say("application", "package = false", pyproject.origin("tool", "uv", "package"))
  if (backend !== undefined && hasIdentity(snapshot)) return say("package", "a build backend is named", backend.origin)
  if (pyproject?.get("project", "name") !== undefined && looksInstallable(snapshot))
    return say("package", "[project] without [build-system], which setuptools builds", pyproject.origin("project"))
  if (pyproject?.get("project", "name") !== undefined)
    return say("application", "no build backend is named", pyproject.origin("project"))
  return say("application", "nothing says how to build it", "default")
}

/** A [build-system] alone, beside requirements files, builds nothing. */
function hasIdentity({ pyproject, setupCfg, setupPy }: Snapshot): boolean {
  const tables = [["project"], ["tool", "poetry", "name"], ["tool", "flit", "metadata"], ["tool", "flit", "module"]]
  return (
    tables.some((key) => pyproject?.get(...key) !== undefined) ||
    setupPy !== undefined ||
    setupCfg?.get("metadata", "name") !== undefined
  )
}

function looksInstallable(snapshot: Snapshot): boolean {
  const { pyproject } = snapshot
  if (pyproject?.get("tool", "setuptools") !== undefined || pyproject?.get("tool", "uv", "package") === true)
    return true
  if (pyproject?.get("tool", "uv") !== undefined || snapshot.has("uv.lock")) return false
  const name = importName(asString(pyproject?.get("project", "name")) ?? "")
  const { tree } = snapshot
  return tree.hasFolder(`src/${name}`) || tree.hasFile(`${name}/__init__.py`)
}
