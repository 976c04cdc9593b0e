import type { ImportPackage } from "../../../src/project/project.js"
import type { VersionFacts, VersionSubject } from "../../../src/release/version/facts.js"
import { versionSettingsSchema } from "../../../src/release/version/settings.js"
import type { TagFacts } from "../../../src/release/version/tag-facts.js"

/** A package `demo` below src/. */
export const DEMO: ImportPackage = { name: "demo", kind: "package", path: "src/demo" }

/** What of the facts a test says. */
export interface Given {
  readonly files?: Readonly<Record<string, string>>
  /** Tag names by commit, or why they can't be seen. */
  readonly tags?: Readonly<Record<string, readonly string[]>> | TagFacts
  readonly settings?: Record<string, unknown>
  readonly subject?: Partial<VersionSubject>
  readonly unreadable?: readonly string[]
}

/** Facts of a package `demo`; a text that begins with a byte order mark is taken as such a file. */
export function factsOf({ files = {}, tags = {}, settings = {}, subject = {}, unreadable = [] }: Given): VersionFacts {
  const texts = Object.entries(files).map(([path, text]) => {
    const bom = text.startsWith("\ufeff")
    return [path, { text: bom ? text.slice(1) : text, bom }] as const
  })
  return {
    subject: { name: "demo", kind: "package", packages: [DEMO], fromTag: false, ...subject },
    settings: versionSettingsSchema.parse(settings),
    texts: new Map(texts),
    unreadable,
    tags: isTagFacts(tags) ? tags : seen(tags),
  }
}

/** A `pyproject.toml` with a static version. */
export function pyproject(version: string): string {
  return `[project]\nname = "demo"\nversion = "${version}"\n`
}

function isTagFacts(tags: NonNullable<Given["tags"]>): tags is TagFacts {
  return typeof (tags as TagFacts).kind === "string"
}

function seen(tags: Readonly<Record<string, readonly string[]>>): TagFacts {
  const all = Object.entries(tags).flatMap(([commit, names]) => names.map((name) => ({ name, commit })))
  return { kind: "seen", tags: all, head: "f00d" }
}
