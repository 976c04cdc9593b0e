import type { ProjectFiles } from "../project/files.js"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { candidateFiles } from "../release/version/candidate-files.js"
import { subjectOf, type VersionFacts, type VersionText } from "../release/version/facts.js"
import type { TagFacts } from "../release/version/tag-facts.js"

/** What a door knows before the version's places are read. */
export interface VersionRequest {
  readonly project: Pick<Project, "name" | "kind" | "packages" | "build">
  readonly settings: Pick<Settings, "version">
  readonly tags: TagFacts
}

const BOM = "\ufeff"

/**
 * Reads the files in which the version may stand. A reader that keeps the byte order mark of a file lets the check
 * tell of it.
 */
export async function gatherVersionFacts(files: ProjectFiles, request: VersionRequest): Promise<VersionFacts> {
  const { project, settings, tags } = request
  const paths = await files.list()
  const read = new Map<string, VersionText | undefined>()
  // Build configuration names more files: a second look finds them.
  for (let looks = 0; looks < 2; looks++) {
    const known = { paths, packages: project.packages, settings: settings.version }
    const wanted = candidateFiles({ ...known, text: (path) => read.get(path)?.text }).filter((path) => !read.has(path))
    await Promise.all(wanted.map(async (path) => void read.set(path, toText(await files.read(path)))))
  }
  const texts = new Map<string, VersionText>()
  for (const path of [...read.keys()].sort()) {
    const text = read.get(path)
    if (text !== undefined) texts.set(path, text)
  }
  const unreadable = [...read].flatMap(([path, text]) => (text === undefined ? [path] : []))
  return { subject: subjectOf(project), settings: settings.version, texts, unreadable, tags }
}

function toText(text: string | undefined): VersionText | undefined {
  if (text === undefined) return undefined
  const bom = text.startsWith(BOM)
  return { text: bom ? text.slice(BOM.length) : text, bom }
}
