import conventionalChangelog from "conventional-changelog-core"
import { type ChangelogSection, readChangelog } from "../../src/release/changelog.js"
import { PARSER_OPTIONS } from "../../src/release/commits/parser.js"
import { createPreset, type PresetOptions } from "../../src/release/notes/preset.js"

/** A final release in history. */
export interface PastRelease {
  readonly commit: string
  readonly tag: string
  /** SemVer text. */
  readonly version: string
  /** Tag of the final release before; null for the first. */
  readonly previousTag: string | null
}

/** What the changelog of a repository is made from. */
export interface HistoryRequest extends PresetOptions {
  readonly folder: string
  readonly releases: readonly PastRelease[]
  /** What stands before the version in a tag. */
  readonly tagPrefix: string
}

/** Marks that no message has by accident, because the parser reads a field wherever it finds one. */
const FIELD = /^-quillon:(\w+)-$/
const FORMAT = ["hash:%H", "author:%an", "parents:%P", "time:%ct"]
  .map((field) => {
    const [name, placeholder] = field.split(":")
    return `%n-quillon:${name}-%n${placeholder}`
  })
  .join("")

/**
 * Makes the changelog section of every final release from the history of this machine's repository, newest first,
 * with `conventional-changelog-core`: it runs git by itself, in the folder.
 */
export async function rebuildChangelog(request: HistoryRequest): Promise<readonly ChangelogSection[]> {
  const { folder, releases, tagPrefix, policy, forge } = request
  const preset = createPreset({ policy, forge })
  const byCommit = new Map(releases.map((release) => [release.commit, release]))
  const stream = conventionalChangelog(
    {
      cwd: folder,
      config: preset,
      releaseCount: 0,
      outputUnreleased: false,
      skipUnstable: true,
      ...(tagPrefix === "" || tagPrefix === "v" ? {} : { tagPrefix }),
      // Whatever package.json lies around says nothing of a Python project.
      pkg: { transform: () => null },
      transform: (commit: Readonly<Record<string, string>>, done: (error: null, commit: unknown) => void) =>
        done(null, withRelease(commit, byCommit)),
    },
    // Both names given, or the package asks its own list of forges.
    { issue: "issues", commit: "commit" },
    { format: `%B${FORMAT}`, merges: undefined },
    { ...PARSER_OPTIONS, fieldPattern: FIELD },
    {},
  )
  const chunks: string[] = []
  for await (const chunk of stream) chunks.push(String(chunk))
  return readChangelog(chunks.join("")).sections.map(({ name, text }) => ({ name, text: `${text.trimEnd()}\n` }))
}

function withRelease(
  { hash = "", author = "", parents = "", time = "", ...commit }: Readonly<Record<string, string>>,
  releases: ReadonlyMap<string, PastRelease>,
) {
  const release = releases.get(hash.trim())
  return {
    ...commit,
    hash: hash.trim(),
    author: author.trim(),
    parents: parents.trim(),
    ...(release === undefined
      ? {}
      : {
          version: release.version,
          tag: release.tag,
          previousTag: release.previousTag,
          committerDate: new Date(Number(time) * 1000).toISOString().slice(0, 10),
        }),
  }
}
