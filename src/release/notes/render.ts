import { createPreset, type PresetOptions, type WriterCommit } from "./preset.js"

/** The release whose section is rendered. */
export interface Heading {
  /** SemVer text of the version. */
  readonly version: string
  readonly tag: string
  /** Null for a first release. */
  readonly previousTag: string | null
  /** Date of the release, `YYYY-MM-DD`. */
  readonly date: string
}

/**
 * Renders the section of one release: a heading and its changes, for the changelog and, without the heading, for the
 * release notes. Ends with one line feed.
 */
export async function renderSection(
  commits: readonly WriterCommit[],
  { version, tag, previousTag, date }: Heading,
  options: PresetOptions,
): Promise<string> {
  // Loaded when something is rendered: it brings Handlebars, and modules parse what they import on each call.
  const { writeChangelogString } = await import("conventional-changelog-writer")
  const context = { version, date, tag, previousTag }
  return writeChangelogString<WriterCommit>([...commits], context, createPreset(options).writer)
}

/** The section without its heading, as a release page shows it. */
export function notesOf(section: string): string {
  return section.replace(/^## .*\n+/, "")
}
