import { asTable, readToml } from "../../src/project/toml.js"
import type { CiProposal } from "./ci-habits.js"

/** The files in which settings may stand; undefined where there is none. */
export interface SettingsFiles {
  readonly own: string | undefined
  readonly pyproject: string | undefined
}

/** A file with settings, before and after. */
export interface SettingsEdit {
  readonly path: "quillon.toml" | "pyproject.toml"
  /** Undefined where the file is new. */
  readonly before: string | undefined
  readonly after: string
}

/**
 * Adds settings where the project has its settings, else in a quillon.toml of its own, so that no file is changed which is
 * there. Gives undefined where there is nothing to add, or no place for it: a person has such a table already. Pure.
 */
export function addCiSettings(proposal: CiProposal, { own, pyproject }: SettingsFiles): SettingsEdit | undefined {
  const keys = Object.entries(proposal).map(([key, value]) => `${key} = ${tomlList(value)}`)
  if (keys.length === 0) return undefined
  const inPyproject = own === undefined && tableOf(pyproject, "tool", "quillon") !== undefined
  const before = inPyproject ? pyproject : own
  const header = inPyproject ? "[tool.quillon.ci]" : "[ci]"
  if (tableOf(before, ...(inPyproject ? ["tool", "quillon", "ci"] : ["ci"])) !== undefined) return undefined
  const start = before === undefined || before.trim() === "" ? "" : `${before.trimEnd()}\n\n`
  const after = `${start}${header}\n${keys.join("\n")}\n`
  return isToml(after) ? { path: inPyproject ? "pyproject.toml" : "quillon.toml", before, after } : undefined
}

function tableOf(text: string | undefined, ...path: readonly string[]): unknown {
  if (text === undefined) return undefined
  return path.reduce<unknown>((value, key) => asTable(value)[key], readToml(text, "settings").table)
}

/** A table written in one line can't be added to below. */
function isToml(text: string): boolean {
  try {
    readToml(text, "settings")
    return true
  } catch {
    return false
  }
}

function tomlList(texts: readonly string[]): string {
  return `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`
}
