import type { Options } from "conventional-changelog-writer"
import { type Change, readChanges } from "../commits/change.js"
import { PARSER_OPTIONS, type ParsedCommit } from "../commits/parser.js"
import { withoutReverted } from "../commits/reverts.js"
import type { ReleasePolicy } from "../policy-settings.js"
import { commitUrl, compareUrl, type Forge, issueUrl } from "./forge.js"
import { paragraphsMarkdown, subjectMarkdown } from "./markdown.js"
import { sectionsOf } from "./sections.js"

/** What the writer knows of a commit besides the parser's result. */
export interface WriterCommit extends ParsedCommit {
  readonly notes: { title: string; text: string }[]
  /** What it changes, where that was read already. */
  readonly changes?: readonly Change[]
  /** Version of the release that ends with this commit. */
  readonly version?: string | null
  /** Tag of that release. */
  readonly tag?: string | null
  /** Tag of the release before it. */
  readonly previousTag?: string | null
  /** Date of that release, `YYYY-MM-DD`. */
  readonly committerDate?: string | null
}

/** Rules and pages that a preset is made for. */
export interface PresetOptions {
  readonly policy: ReleasePolicy
  readonly forge: Forge | null
}

/** A preset of the conventional-changelog family. */
export interface Preset {
  readonly commits: Readonly<Record<string, unknown>>
  readonly parser: typeof PARSER_OPTIONS
  readonly writer: Options<WriterCommit>
}

/** Fixed on purpose: Handlebars keeps partials for the whole process, so they must not differ between renderings. */
const TEMPLATE = `{{> header}}
{{#each sections}}

### {{title}}

{{#each lines}}
{{this}}
{{/each}}
{{/each}}
`

const HEADER = `## {{#if compare}}[{{version}}]({{compare}}){{else}}{{version}}{{/if}} ({{date}})
`

/** The preset of both renderers, the planner's and `conventional-changelog-core`: they give the same text. */
export function createPreset({ policy, forge }: PresetOptions): Preset {
  return {
    commits: {},
    parser: PARSER_OPTIONS,
    writer: {
      mainTemplate: TEMPLATE,
      headerPartial: HEADER,
      commitPartial: "",
      footerPartial: "",
      transform: () => ({}),
      ignoreReverted: false,
      // The writer's own groups are not used, and a commit of the type `constructor` would break them.
      groupBy: "version",
      generateOn: ({ version }) => typeof version === "string",
      finalizeContext: (context, ...[, , key, commits]) => {
        const changes = withoutReverted(
          commits.flatMap((commit) => commit.changes ?? readChanges(commit, policy.commits.squash)),
        )
        const given = context as { readonly tag?: string; readonly previousTag?: string }
        const to = key?.tag ?? given.tag
        const from = key?.previousTag ?? given.previousTag
        const sections = sectionsOf(changes, policy).map(({ title, changes: found }) => ({
          title,
          lines: found.map((change) => lineOf(change, { policy, forge })),
        }))
        const compare = forge !== null && from && to ? compareUrl(forge, { from, to }) : undefined
        // The writer makes text of the whole context for its log, so what is not shown is taken out.
        return Object.assign(context, { compare, sections, commitGroups: [], noteGroups: [] })
      },
    },
  }
}

function lineOf(change: Change, { policy, forge }: PresetOptions): string {
  const scope = change.scope === null ? "" : `**${subjectMarkdown(change.scope, forge)}:** `
  const short = change.hash.slice(0, 7)
  const link = short === "" ? "" : ` (${forge === null ? short : `[${short}](${commitUrl(forge, change.hash)})`})`
  const author = policy.changelog.authors && change.author ? ` by ${subjectMarkdown(change.author, null)}` : ""
  const breaking = change.breaking
    .filter((text) => text !== change.subject)
    .map((text) => `\n\n  ${paragraphsMarkdown(text, forge)}`)
  return `* ${scope}${subjectMarkdown(change.subject, forge)}${link}${closes(change, forge)}${author}${breaking.join("")}`
}

function closes({ references, subject }: Change, forge: Forge | null): string {
  const named = references
    .map((reference) => ({ ...reference, name: `${reference.repository ?? ""}#${reference.issue}` }))
    .filter(({ name, repository }) => repository !== undefined || !new RegExp(`${name}\\b`).test(subject))
    .map(({ name, ...reference }) => (forge === null ? name : `[${name}](${issueUrl(forge, reference)})`))
  return named.length === 0 ? "" : `, closes ${named.join(", ")}`
}
