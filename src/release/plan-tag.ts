import { greatest } from "./bump.js"
import { readChangelog } from "./changelog.js"
import type { ReleaseFacts } from "./facts.js"
import { findForge } from "./notes/forge.js"
import { notesOf, renderSection } from "./notes/render.js"
import { allowedRemarks } from "./plan/allowed.js"
import { destinationsOf } from "./plan/destinations.js"
import { reasonsOf } from "./plan/reasons.js"
import { PLAN_SCHEMA, type ReleasePlan } from "./plan/schema.js"
import { type Scope, scopeOf } from "./plan/scope.js"
import { stepsOf } from "./plan/steps.js"
import { readTruth } from "./plan/truth.js"
import type { ReleasePolicy } from "./policy-settings.js"
import { type PlanRefusal, refusePlan } from "./refusal.js"
import { type ReleaseTag, readTags } from "./tags.js"
import { readUnreleased } from "./unreleased.js"
import { floatingImageTags, toImageTag } from "./version/image-tag.js"
import { toPep440 } from "./version/pep440-text.js"
import { compareVersions, toSemVer } from "./version/version.js"

/** What a tag's plan is made from. */
export interface TagQuestion {
  readonly facts: ReleaseFacts
  readonly policy: ReleasePolicy
  /** Milliseconds since 1970. */
  readonly now: number
  /** Name of the tag; the facts are those of its commit. */
  readonly tag: string
}

/**
 * Plans to finish the release of a tag that was pushed by other means: nothing is decided, edited or pushed, and only
 * what its targets lack is written. Pure.
 */
export async function planTag({ facts, policy, now, tag: name }: TagQuestion): Promise<ReleasePlan | PlanRefusal> {
  const tag = readTags(facts.tags, facts.versions.settings.tag).all.find((each) => each.name === name)
  if (tag === undefined) return noRelease(name, facts)
  if (facts.abandoned.includes(toSemVer(tag.version))) return abandoned(name)
  const before = scopeBefore(tag, facts, policy)
  if (before.kind === "refused") return before
  const stated = readTruth(facts, before.tags)
  if (stated.kind === "refused") return stated
  if (stated.version !== undefined && compareVersions(stated.version, tag.version) !== 0) {
    return refusePlan({
      code: "TAG_DISAGREES",
      message: `${name} names ${toSemVer(tag.version)}, and the files of its commit say ${toSemVer(stated.version)}`,
      next: "quillon release makes the next version; this tag can't be finished",
    })
  }
  const unreleased = readUnreleased(before.sinceLast, lenient(policy))
  if (unreleased.kind === "refused") return unreleased
  const version = toSemVer(tag.version)
  const { channel, final, last } = before
  const heading = {
    version,
    tag: name,
    previousTag: last?.name ?? null,
    date: new Date(tag.time * 1_000).toISOString().slice(0, 10),
  }
  const written = readChangelog(facts.changelog ?? "").sections.find((section) => section.name === version)
  const forge = findForge(facts.remote, policy.links)
  const section = written?.text ?? (await renderSection(unreleased.commits, heading, { policy, forge }))
  const destinations = destinationsOf(policy, { remote: facts.remote, builds: facts.project.builds })
  return {
    kind: "release",
    schema: PLAN_SCHEMA,
    created: new Date(now).toISOString(),
    head: tag.commit,
    branch: null,
    settingsDigest: facts.settingsDigest,
    settings: { release: policy, version: facts.versions.settings },
    project: facts.versions.subject.name,
    previous: final === undefined ? null : { tag: final.name, version: toSemVer(final.version) },
    remarks: [...stated.remarks, ...allowedRemarks(policy)],
    hypothetical: false,
    channel,
    version: { semver: version, pep440: toPep440(tag.version), tag: name },
    why: {
      by: "tag",
      level: greatest(unreleased.releasable.map(({ level }) => level)) ?? "patch",
      commits: reasonsOf(unreleased),
      silent: unreleased.silent,
    },
    notes: notesOf(section.replaceAll("\r\n", "\n")),
    edits: [],
    message: policy.message.replaceAll("{version}", version),
    imageTags:
      destinations.image === null
        ? null
        : { version: toImageTag(tag.version), floating: [...floatingImageTags(tag.version)] },
    steps: stepsOf({
      ...facts.project,
      project: facts.versions.subject.name,
      version: tag.version,
      tag: name,
      branch: null,
      push: "found",
      destinations,
    }),
  }
}

/** What was there before the tag: its own name and those of later versions on its commit are left out. */
function scopeBefore(tag: ReleaseTag, facts: ReleaseFacts, policy: ReleasePolicy): Scope | PlanRefusal {
  const { all } = readTags(facts.tags, facts.versions.settings.tag)
  const later = new Set(all.filter((each) => compareVersions(each.version, tag.version) >= 0).map(({ name }) => name))
  return scopeOf(
    {
      ...facts,
      tags: facts.tags.filter(({ name }) => !later.has(name)),
      // A clone that lacks other tags can still finish this one.
      remoteTags: null,
      channel: tag.version.pre?.label ?? "final",
    },
    policy,
  )
}

function abandoned(name: string): PlanRefusal {
  return refusePlan({
    code: "ABANDONED",
    message: `the release of ${name} was abandoned`,
    next: `quillon status ${name} tells why; quillon release makes the next version`,
  })
}

/** The commits of a tag that is out are told as they are. */
function lenient(policy: ReleasePolicy): ReleasePolicy {
  if (policy.commits.unconventional !== "refuse") return policy
  return { ...policy, commits: { ...policy.commits, unconventional: "none" } }
}

function noRelease(name: string, { tags, versions }: ReleaseFacts): PlanRefusal {
  const [newest] = readTags(tags, versions.settings.tag).all
  return refusePlan({
    code: "NO_SUCH_RELEASE",
    message: `${name} is no tag of a version`,
    next: newest === undefined ? "git fetch --tags" : `e.g. quillon release --tag ${newest.name}`,
  })
}
