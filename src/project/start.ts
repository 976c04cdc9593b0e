import { listLines } from "./ini.js"
import type { Evidence, ImportPackage, Origin } from "./project.js"
import type { Snapshot } from "./snapshot.js"
import { asTable } from "./toml.js"

/** What starts an installed project, and how that was found. */
export interface Start {
  readonly command?: readonly string[]
  readonly evidence: readonly Evidence[]
}

/** The only console script, or the one named like the project; else `python -m` the only package with `__main__`. */
export function readStart(
  snapshot: Snapshot,
  { name, packages }: { readonly name: string; readonly packages: readonly ImportPackage[] },
): Start {
  const { names, origin } = scripts(snapshot)
  const script = names.length === 1 ? names[0] : names.find((each) => each === name)
  if (script !== undefined) return found([script], origin)
  const runnable = packages.filter(({ path }) => snapshot.has(`${path}/__main__.py`))
  const [only] = runnable
  if (only === undefined || runnable.length > 1) return { evidence: [] }
  return found(["python", "-m", only.name], { file: `${only.path}/__main__.py` })
}

function found(command: readonly string[], origin: Origin): Start {
  const change = "[project.scripts], or the setting image.command"
  return { command, evidence: [{ fact: "command", value: command.join(" "), origin, change }] }
}

function scripts({ pyproject, setupCfg }: Snapshot): { readonly names: readonly string[]; readonly origin: Origin } {
  for (const key of [
    ["project", "scripts"],
    ["tool", "poetry", "scripts"],
    ["tool", "flit", "scripts"],
  ]) {
    const names = Object.keys(asTable(pyproject?.get(...key)))
    if (pyproject !== undefined && names.length > 0) return { names, origin: pyproject.origin(...key) }
  }
  const lines = listLines(setupCfg?.get("options.entry_points", "console_scripts"))
  const origin = setupCfg?.origin("options.entry_points", "console_scripts") ?? { file: "setup.cfg" }
  return { names: lines.map((line) => line.split("=")[0]?.trim() ?? ""), origin }
}
