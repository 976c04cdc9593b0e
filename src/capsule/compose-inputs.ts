import type { RequirementsText } from "./compose-capsule.js"

const PIN = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*==\s*([^\s;\\]+)/gm

/** Versions by package of requirements files, by cell and file. Pure. */
export function packagesOf(
  texts: readonly RequirementsText[],
): Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> {
  const cells: Record<string, Record<string, Record<string, string>>> = {}
  for (const { address, file, text } of texts) {
    const pins = [...text.matchAll(PIN)].map(([, name = "", version = ""]) => [name.toLowerCase(), version] as const)
    cells[address] = { ...cells[address], [file]: Object.fromEntries(pins) }
  }
  return cells
}
