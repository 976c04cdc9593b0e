import { type Level, levelAt, raise } from "./bump.js"
import type { Channel, ReleasePolicy } from "./policy-settings.js"
import { type PlanRefusal, refusePlan } from "./refusal.js"
import { greaterOf, lastFinal, type ReleaseTags, tagOf } from "./tags.js"
import { readSemVer } from "./version/semver-text.js"
import { compareVersions, isPrerelease, type PreLabel, toSemVer, type Version } from "./version/version.js"

/** What a version is decided from. */
export interface VersionQuestion {
  readonly tags: ReleaseTags
  readonly channel: Channel
  /** What the unreleased changes ask for. */
  readonly level: Level
  /** What the project's files say; absent where the tag is the version. */
  readonly source?: Version
  readonly policy: ReleasePolicy
  /** True where the answer can't be carried out, so that what was released later does not matter. */
  readonly hypothetical: boolean
}

/** The next version and what decided it. */
export interface VersionAnswer {
  readonly kind: "version"
  readonly version: Version
  readonly tag: string
  readonly level: Level
  /** `first`: nothing was released before; `source`: the files are ahead of what the commits ask for. */
  readonly by: "commits" | "source" | "first"
}

/** Decides the next version: the greater of what the commits ask for and what the project's files say. */
export function decideVersion(question: VersionQuestion): VersionAnswer | PlanRefusal {
  const { tags, policy, source } = question
  const final = lastFinal(tags.all)?.version
  const newest = tags.reachable[0]?.version
  const computed = final === undefined ? firstVersion(policy, { source, newest }) : grown(question, final)
  if ("kind" in computed) return computed
  const ahead = source !== undefined && (newest === undefined || compareVersions(source, newest) > 0)
  const asked = ahead ? releaseOf(source) : computed
  const known = newest === undefined ? computed : greaterOf(computed, releaseOf(newest))
  const target = unused(greaterOf(known, asked), tags)
  const version = onChannel(target, question)
  const by =
    final === undefined && newest === undefined ? "first" : compareVersions(target, computed) > 0 ? "source" : "commits"
  const level = final === undefined ? question.level : levelAt(final, question.level, policy)
  return checked({ kind: "version", version, tag: tagOf(version, tags.format), level, by }, question)
}

function grown({ level, policy }: VersionQuestion, final: Version): Version {
  return raise(final, levelAt(final, level, policy))
}

function firstVersion(
  { initial }: ReleasePolicy,
  { source, newest }: { source: Version | undefined; newest: Version | undefined },
): Version | PlanRefusal {
  if (source !== undefined) return releaseOf(source)
  if (newest !== undefined) return releaseOf(newest)
  const read = readSemVer(initial)
  if (read.kind === "version") return releaseOf(read.version)
  return refusePlan({
    code: "BAD_INITIAL_VERSION",
    message: `release.initial is ${JSON.stringify(initial)}, which is no version X.Y.Z`,
    next: "set release.initial to e.g. '0.1.0'",
  })
}

/** The final release that a pre-release leads to. */
function releaseOf({ major, minor, patch }: Version): Version {
  return { major, minor, patch }
}

/** The version of an abandoned release is used up. */
function unused(version: Version, tags: ReleaseTags): Version {
  const used = tags.all.some((tag) => tag.abandoned && compareVersions(tag.version, version) === 0)
  return used ? unused(raise(version, "patch"), tags) : version
}

function onChannel(target: Version, { channel, tags, hypothetical }: VersionQuestion): Version {
  if (channel === "final") return target
  // What was released after a past commit does not count for it.
  const numbers = (hypothetical ? tags.reachable : tags.all)
    .filter(({ version }) => compareVersions(releaseOf(version), target) === 0 && version.pre?.label === channel)
    .map(({ version }) => version.pre?.number ?? 0)
  const label: PreLabel = channel
  return { ...target, pre: { label, number: Math.max(0, ...numbers) + 1 } }
}

function checked(answer: VersionAnswer, { tags, hypothetical }: VersionQuestion): VersionAnswer | PlanRefusal {
  const [newest] = tags.reachable
  const text = toSemVer(answer.version)
  if (newest !== undefined && compareVersions(answer.version, newest.version) <= 0) {
    return refusePlan({
      code: "VERSION_BACKWARDS",
      message: `${text} would come before ${newest.name}, which is released`,
      next: isPrerelease(answer.version)
        ? "quillon plan --channel final, or a channel that sorts after it"
        : "quillon version show tells the version and the newest tag",
    })
  }
  const taken = tags.all.find(({ version }) => compareVersions(version, answer.version) === 0)
  if (taken === undefined || hypothetical) return answer
  return refusePlan({
    code: "TAG_TAKEN",
    message: `${text} would be next, but the tag ${taken.name} stands on ${taken.commit.slice(0, 7)}, which this branch does not contain`,
    next: `git merge ${taken.name}, or quillon version bump to a version above it`,
  })
}
