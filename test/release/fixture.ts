import type { RawCommit, ReleaseFacts, Tag } from "../../src/release/facts.js"
import { type ReleasePolicy, releaseSettingsSchema } from "../../src/release/policy-settings.js"
import { versionSettingsSchema } from "../../src/release/version/settings.js"

/** 2026-11-24T12:00:00Z. */
export const NOW = Date.UTC(2026, 10, 24, 12)

/** The policy of settings as a person writes them. */
export function policy(settings: unknown = {}): ReleasePolicy {
  return releaseSettingsSchema.parse(settings)
}

/** A hash that a person can tell from others: the number in hexadecimal. */
export function hashOf(number: number): string {
  return (0xabc0000 + number).toString(16).padEnd(40, "0")
}

/** A history to be written down: oldest first, a commit by its message, tags by `tag: name`. */
export type History = readonly (string | { readonly tag: string } | Partial<RawCommit>)[]

/** Turns a written history into commits (newest first) and tags, on one line of descent. */
export function historyOf(history: History): { commits: RawCommit[]; tags: Tag[] } {
  const commits: RawCommit[] = []
  const tags: Tag[] = []
  for (const entry of history) {
    const number = commits.length + 1
    const before = commits[0]?.hash
    if (typeof entry === "object" && "tag" in entry) {
      tags.push({ name: entry.tag, commit: before ?? hashOf(0), reachable: true, time: number * 60 })
      continue
    }
    const given = typeof entry === "string" ? { message: entry } : entry
    const parents = before === undefined ? [] : [before]
    commits.unshift({ hash: hashOf(number), parents, author: "Ada", time: number * 60, message: "", ...given })
  }
  return { commits, tags }
}

/** What a test says of its facts; the rest is an ordinary package on `main` with a remote on GitHub. */
export type FactsGiven = Partial<Omit<ReleaseFacts, "versions" | "commits">> & {
  readonly history?: History
  readonly commits?: readonly RawCommit[]
  /** Text of `VERSION`; null: the version is the tag. */
  readonly version?: string | null
  readonly files?: Readonly<Record<string, string>>
  readonly tagFormat?: string
}

const BOM = "\ufeff"

/** Facts of a release for tests. */
export function factsOf({ history = [], version = null, files = {}, tagFormat, ...given }: FactsGiven): ReleaseFacts {
  const { commits, tags } = historyOf(history)
  const texts = Object.entries({ ...files, ...(version === null ? {} : { VERSION: version }) })
  return {
    head: { commit: commits[0]?.hash ?? hashOf(0), branch: "main" },
    shallow: false,
    question: { kind: "next" },
    tags,
    remoteTags: [],
    abandoned: [],
    since: null,
    commits,
    remote: "https://github.com/ada/engine.git",
    project: { pure: true, builds: true },
    versions: {
      subject: { name: "engine", kind: "package", packages: [], fromTag: version === null },
      settings: versionSettingsSchema.parse(tagFormat === undefined ? {} : { tag: tagFormat }),
      texts: new Map(texts.map(([path, text]) => [path, { text: text.replace(BOM, ""), bom: text.startsWith(BOM) }])),
      unreadable: [],
    },
    changelog: null,
    settingsDigest: "d1ge57",
    ...given,
  }
}
