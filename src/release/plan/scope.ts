import { channelOf } from "../channel.js"
import type { RawCommit, ReleaseFacts } from "../facts.js"
import type { Channel, ReleasePolicy } from "../policy-settings.js"
import { commitsAfter } from "../range.js"
import { type PlanRefusal, refusePlan } from "../refusal.js"
import { lastFinal, type ReleaseTag, type ReleaseTags, readTags } from "../tags.js"
import { readTagName } from "../version/tags.js"
import { compareVersions } from "../version/version.js"

/** What a plan looks at: its channel, its tags, and where its commits begin. */
export interface Scope {
  readonly kind: "scope"
  readonly channel: Channel
  readonly tags: ReleaseTags
  readonly final: ReleaseTag | undefined
  /** The release whose successor is planned: a pre-release follows the newest release of any kind. */
  readonly last: ReleaseTag | undefined
  /** Commits since the last final release, which decide the version; newest first. */
  readonly sinceFinal: readonly RawCommit[]
  /** Commits since `last`, which the release brings; newest first. */
  readonly sinceLast: readonly RawCommit[]
}

/** Finds what a plan looks at; refuses a history that can't be seen whole and a branch that releases nothing. */
export function scopeOf(facts: ReleaseFacts, policy: ReleasePolicy): Scope | PlanRefusal {
  if (facts.shallow) {
    return refusePlan({
      code: "SHALLOW_CLONE",
      message: "the clone lacks history, so commits and tags since the last release can't be seen",
      next: "git fetch --unshallow --tags",
    })
  }
  const missing = missingTags(facts)
  if (missing !== undefined) return missing
  const channel =
    facts.channel === undefined
      ? channelOf(facts.head.branch, policy)
      : { kind: "channel" as const, channel: facts.channel }
  if (channel.kind === "refused") return channel
  const tags = tagsFor(facts)
  if ("kind" in tags) return tags
  const final = lastFinal(tags.all)
  const last = channel.channel === "final" ? final : tags.reachable.find(({ abandoned }) => !abandoned)
  const sinceFinal = commitsAfter(facts.commits, final?.commit)
  const sinceLast = last === final ? sinceFinal : commitsAfter(sinceFinal, last?.commit)
  return { kind: "scope", channel: channel.channel, tags, final, last, sinceFinal, sinceLast }
}

/** A clone may lack tags although it has all commits: `git clone --no-tags`, or a release made since the last fetch. */
function missingTags({ tags, remoteTags, versions }: ReleaseFacts): PlanRefusal | undefined {
  const known = new Set(tags.map(({ name }) => name))
  const missing = (remoteTags ?? []).filter(
    (name) => !known.has(name) && readTagName(name, versions.settings.tag) !== undefined,
  )
  const [first] = missing
  if (first === undefined) return undefined
  const them = missing.length === 1 ? `the tag ${first}` : `${missing.length} release tags, e.g. ${first}`
  return refusePlan({
    code: "TAGS_MISSING",
    message: `the remote has ${them}, which this clone lacks`,
    next: "git fetch --tags",
  })
}

function tagsFor({ tags, question, versions, abandoned }: ReleaseFacts): ReleaseTags | PlanRefusal {
  const all = readTags(tags, versions.settings.tag, abandoned)
  if (question.kind !== "since") return all
  const start = all.reachable.find(({ name }) => name === question.tag)
  if (start === undefined) {
    return refusePlan({
      code: "NO_SUCH_RELEASE",
      message: `${question.tag} is no tag of a release that this commit contains`,
      next: all.reachable[0] === undefined ? "git fetch --tags" : `e.g. quillon plan --since ${all.reachable[0].name}`,
    })
  }
  const until = (tag: ReleaseTag) => compareVersions(tag.version, start.version) <= 0
  return { ...all, all: all.all.filter(until), reachable: all.reachable.filter(until) }
}
