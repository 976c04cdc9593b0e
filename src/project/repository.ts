import { listLines } from "./ini.js"
import type { Snapshot } from "./snapshot.js"
import { asString, asTable } from "./toml.js"

/** Labels of a project's addresses that mean its sources (the index's well-known labels), normalised. */
const LABELS = ["source", "repository", "sourcecode", "github"]

/** Address of the source repository that the metadata names. */
export function readRepository({ pyproject, setupCfg }: Snapshot): string | undefined {
  const poetry = asString(pyproject?.get("tool", "poetry", "repository"))
  const inCfg = listLines(setupCfg?.get("metadata", "project_urls")).map((line) => {
    const [label = "", ...address] = line.split("=")
    return [label, address.join("=")] as const
  })
  const tables = [asTable(pyproject?.get("project", "urls")), asTable(pyproject?.get("tool", "poetry", "urls"))]
  const all = [...tables.flatMap((table) => Object.entries(table)), ...inCfg]
  for (const wanted of LABELS) {
    const address = all.find(([label]) => label.toLowerCase().replace(/[^a-z]/g, "") === wanted)?.[1]
    if (typeof address === "string") return address.trim()
  }
  return poetry
}
