import { addRelease } from "../changelog.js"
import type { ReleaseFacts, TextEdit } from "../facts.js"
import type { ReleasePolicy } from "../policy-settings.js"
import { type PlanRefusal, refusePlan } from "../refusal.js"
import { applyEdits, byFile } from "../version/edits.js"
import type { VersionText } from "../version/facts.js"
import { bumpEdits } from "../version/repair.js"
import { isPrerelease, toSemVer, type Version } from "../version/version.js"
import { refusalOfError } from "./refusal-of-error.js"
import type { Stated } from "./truth.js"

const BOM = "\ufeff"

/** What the edits of a release follow from. */
export interface EditsInput {
  readonly facts: ReleaseFacts
  readonly policy: ReleasePolicy
  readonly stated: Stated
  readonly version: Version
  /** The changelog section of the release. */
  readonly section: string
}

type Edits = { readonly kind: "edits"; readonly edits: readonly TextEdit[] }

/** What the release commit changes: every place of the version, and the changelog. Nothing where a tag alone is pushed. */
export function editsOf(input: EditsInput): Edits | PlanRefusal {
  const places = input.stated.fromTag ? ({ kind: "edits", edits: [] } as const) : versionEdits(input)
  if (places.kind === "refused") return places
  const { push } = input.policy
  const [first] = places.edits
  if (push === "tag" && first !== undefined) {
    return refusePlan({
      code: "TAG_ONLY",
      message: `release.push is "tag", and ${first.path} does not say ${toSemVer(input.version)} yet`,
      next: `quillon version bump ${toSemVer(input.version)}, and commit it`,
    })
  }
  return push === "tag" ? places : { kind: "edits", edits: [...places.edits, ...changelogEdits(input)] }
}

function versionEdits({ stated: { truth }, facts, version }: EditsInput): Edits | PlanRefusal {
  const { texts } = facts.versions
  try {
    const { edits } = bumpEdits(truth, { kind: "exact", version })
    const files = [...byFile(edits)].map(([path, ofFile]) => {
      const before = wholeText(texts.get(path))
      return { path, before, after: decode(applyEdits(new TextEncoder().encode(before), ofFile)) }
    })
    return { kind: "edits", edits: files }
  } catch (error) {
    return refusalOfError(error)
  }
}

/** A pre-release has notes and no section: the final release that follows tells it all. */
function changelogEdits({ facts: { changelog }, policy, version, section }: EditsInput): readonly TextEdit[] {
  const { file } = policy.changelog
  if (file === false || isPrerelease(version)) return []
  const after = addRelease(changelog ?? undefined, section)
  return [{ path: file, ...(changelog === null ? {} : { before: changelog }), after }]
}

function wholeText(text: VersionText | undefined): string {
  return text === undefined ? "" : (text.bom ? BOM : "") + text.text
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)
}
