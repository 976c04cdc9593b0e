import { rm, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import { unifiedDiff } from "../../src/release/diff/unified.js"
import { type Adoption, adoptVersionFile } from "../../src/release/version/adopt-version-file.js"
import { checkVersions } from "../../src/release/version/check.js"
import { applyEdits, byFile } from "../../src/release/version/edits.js"
import type { VersionFacts } from "../../src/release/version/facts.js"
import { askYes, canAsk } from "../ask.js"
import type { Io } from "../io.js"
import { knowProject } from "../known-project.js"
import { neutralise, neutraliseLine } from "../neutralise.js"
import { createStyle, type Style } from "../style.js"
import { gatherVersions } from "./know-versions.js"
import { writeEdits } from "./write-edits.js"

const VERSION = "VERSION"

/** Shows what makes the project read its version instead of repeating it, and writes it where a person agrees. */
export async function singleSource(io: Io, { path, write }: { path: string; write: boolean }): Promise<void> {
  const known = await knowProject(io, resolve(io.cwd, path))
  const facts = await gatherVersions(known)
  const backend = known.project.build?.backend
  const truth = checkVersions(facts)
  const adoption = adoptVersionFile({ facts, truth, ...(backend === undefined ? {} : { backend }) })
  const style = createStyle(io)
  const lines = [...diffOf(adoption, facts, style), ...staysOf(adoption, style)]
  if (lines.length > 0) io.stdout.write(`${lines.join("\n")}\n\n`)
  if (adoption.edits.length === 0) return void io.stdout.write("nothing to do: what can read the version does\n")
  const agreed = write || (canAsk(io) && (await askYes(io, "Write this?")))
  if (!agreed) return void io.stdout.write("nothing was written: quillon version single-source --write does it\n")
  await writeAdoption(known.folder, adoption)
  const files = [...(adoption.versionFile === undefined ? [] : [VERSION]), ...byFile(adoption.edits).keys()]
  io.stdout.write(`${style.good("written:")} ${neutraliseLine(files.join(", "))}\n`)
}

/** All files or none. */
async function writeAdoption(folder: string, { versionFile, edits }: Adoption): Promise<void> {
  const path = join(folder, VERSION)
  if (versionFile !== undefined) await writeFile(path, versionFile, { flag: "wx" })
  try {
    await writeEdits(folder, edits)
  } catch (error) {
    if (versionFile !== undefined) await rm(path, { force: true })
    throw error
  }
}

function diffOf({ versionFile, edits }: Adoption, { texts }: VersionFacts, style: Style): readonly string[] {
  const created = versionFile === undefined ? [] : [{ path: VERSION, after: versionFile }]
  const changed = [...byFile(edits)].map(([path, own]) => {
    const before = texts.get(path)?.text ?? ""
    return { path, before, after: new TextDecoder().decode(applyEdits(new TextEncoder().encode(before), own)) }
  })
  return [...created, ...changed].flatMap((edit) => [
    style.strong(neutraliseLine(edit.path)),
    ...neutralise(unifiedDiff(edit))
      .trimEnd()
      .split("\n")
      .filter((line) => !/^(?:diff --git|new file mode|--- |\+\+\+ |@@ )/.test(line))
      .map((line) => `  ${tint(line, style)}`.trimEnd()),
  ])
}

function tint(line: string, style: Style): string {
  if (line.startsWith("+")) return style.good(line)
  return line.startsWith("-") ? style.bad(line) : style.quiet(line)
}

function staysOf({ stays }: Adoption, style: Style): readonly string[] {
  return stays.map(({ place, why }) =>
    neutraliseLine(`${style.quiet("stays:")} ${place.name} in ${place.file}:${place.line}, because ${why}`),
  )
}
