import { withExcerpts } from "../findings/excerpts.js"
import { markBaselined } from "../findings/mark-baselined.js"
import { nameFindings } from "../findings/name-findings.js"
import { readSourceLines } from "../findings/source-lines.js"
import type { Reading } from "./reading.js"
import type { Stage } from "./stage.js"
import type { World } from "./world.js"

/**
 * A reading whose findings are named by the text of their lines, where the door can read the project's files, marked
 * where the baseline has them, and shown with the lines around. `read` can do neither: it sees executions alone.
 */
export async function withIdentities(world: World, stage: Stage, reading: Reading): Promise<Reading> {
  if (reading.kind !== "looked" || reading.findings.length === 0) return reading
  const read = readOnce(async (file) => world.readSource?.(file))
  const lineOf = await readSourceLines(reading.findings, read)
  const findings = nameFindings(reading.findings, lineOf)
  if (world.baseline === undefined || stage.baseline === "never") {
    return { ...reading, findings: await withExcerpts(findings, read) }
  }
  const entries = world.baseline.entries.filter((entry) => entry.stage === stage.name)
  const named = [...new Set(entries.flatMap(({ file }) => file ?? []))]
  const present = new Set(findings.map(({ file }) => file))
  const candidates = named.filter((file) => !present.has(file))
  const texts = await Promise.all(candidates.map(read))
  const gone = world.readSource === undefined ? [] : candidates.filter((_, index) => texts[index] === undefined)
  const marked = markBaselined(findings, { entries, lineOf, gone })
  return { ...reading, findings: await withExcerpts(marked, read) }
}

/** In the module each reading of a file is a query. */
function readOnce(read: (file: string) => Promise<string | undefined>): typeof read {
  const texts = new Map<string, Promise<string | undefined>>()
  return (file) => {
    const known = texts.get(file) ?? read(file)
    texts.set(file, known)
    return known
  }
}
