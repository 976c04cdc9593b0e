import type { ReleaseFacts } from "../facts.js"
import { type PlanRefusal, refusePlan } from "../refusal.js"
import type { ReleaseTags } from "../tags.js"
import { checkVersions } from "../version/check.js"
import { correctionOf } from "../version/correction.js"
import { whyRefused } from "../version/refusal.js"
import { nameOfSource } from "../version/source.js"
import type { Truth } from "../version/truth.js"
import { toSemVer, type Version } from "../version/version.js"
import { refusalOfError } from "./refusal-of-error.js"

/** What the project's files say of its version. */
export interface Stated {
  readonly kind: "truth"
  readonly truth: Truth
  /** What the files state; absent where the version is the tag. */
  readonly version?: Version
  /** True where the version is the tag, so that no file is edited. */
  readonly fromTag: boolean
  /** What the files state, where it is ahead of every tag that the commit contains. */
  readonly ahead: { readonly where: string; readonly version: string } | undefined
  /** Places that disagree; the release repairs them. */
  readonly remarks: readonly string[]
}

/** Asks the version check; refuses a version outside the domain, a tag that is ahead, and two tags on one commit. */
export function readTruth({ versions, head }: ReleaseFacts, tags: ReleaseTags): Stated | PlanRefusal {
  let truth: Truth
  // An abandoned tag may share its commit with the release that came in its place.
  const counted = tags.reachable.filter(({ abandoned }) => !abandoned)
  try {
    truth = checkVersions({ ...versions, tags: { kind: "seen", tags: counted, head: head.commit } })
  } catch (error) {
    return refusalOfError(error)
  }
  const { source, tag, refusal, spelling } = truth
  const malformed = truth.places.find(({ verdict }) => verdict.kind === "malformed")
  if (malformed?.verdict.kind === "malformed") {
    return refusePlan({
      code: "MALFORMED_VERSION",
      message: `${malformed.place.file} ${malformed.verdict.fault}`,
      next: `${correctionOf(malformed.place)}, and commit it`,
    })
  }
  if (refusal !== undefined) {
    return refusePlan({
      code: "VERSION_OUTSIDE",
      message: `${nameOfSource(source)} says ${JSON.stringify(refusal.text)}, which ${whyRefused(refusal)}`,
      next: "quillon version bump X.Y.Z",
    })
  }
  if (tag.kind === "rivals") {
    const commit = tags.reachable.find(({ name }) => name === tag.tag.name)?.commit.slice(0, 7)
    return refusePlan({
      code: "RIVAL_TAGS",
      message: `the tags ${tag.tag.name} and ${tag.other.name} stand on one commit (${commit}), so which was released can't be told`,
      next: `git tag -d ${tag.other.name}, or the other one`,
    })
  }
  if (tag.kind === "ahead") {
    return refusePlan({
      code: "TAG_AHEAD",
      message: `the tag ${tag.tag.name} is ahead of ${spelling?.text ?? "nothing"} in ${nameOfSource(source)}`,
      next: `quillon version bump ${toSemVer(tag.tag.version)}, and commit it`,
    })
  }
  const fromTag = isTheTag(truth, versions)
  const { version } = truth
  return {
    kind: "truth",
    truth,
    fromTag,
    ...(fromTag || version === undefined ? {} : { version }),
    ahead:
      tag.kind === "unreleased" && !fromTag && spelling !== undefined
        ? { where: nameOfSource(source), version: spelling.text }
        : undefined,
    remarks: remarkPlaces(truth),
  }
}

/** Before the first tag a version that is the tag is nowhere. */
function isTheTag({ source }: Truth, { subject, settings }: ReleaseFacts["versions"]): boolean {
  if (source.kind === "tag") return true
  return source.kind === "none" && (subject.fromTag || settings.source === "tag" || subject.kind === "application")
}

function remarkPlaces({ places, spelling, source }: Truth): readonly string[] {
  return places.flatMap(({ place, verdict }) =>
    verdict.kind === "differs" && place.role === undefined
      ? [
          `${place.file}:${place.line} says ${place.text}, ${nameOfSource(source)} says ${spelling?.text}; the release writes one`,
        ]
      : [],
  )
}
