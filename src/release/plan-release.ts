import { greatest } from "./bump.js"
import { unreleasedText, withHandwritten } from "./changelog.js"
import { decideVersion, type VersionAnswer } from "./decide-version.js"
import { unifiedDiff } from "./diff/unified.js"
import type { ReleaseFacts, TextEdit } from "./facts.js"
import { findForge } from "./notes/forge.js"
import { notesOf, renderSection } from "./notes/render.js"
import { allowedRemarks } from "./plan/allowed.js"
import { destinationsOf } from "./plan/destinations.js"
import { editsOf } from "./plan/edits.js"
import { handKeptRemarks } from "./plan/hand-kept.js"
import { reasonForNothing } from "./plan/nothing.js"
import { reasonsOf } from "./plan/reasons.js"
import { PLAN_SCHEMA, type Plan, type ReleasePlan } from "./plan/schema.js"
import { type Scope, scopeOf } from "./plan/scope.js"
import { contradiction } from "./plan/settings.js"
import { stepsOf } from "./plan/steps.js"
import { readTruth, type Stated } from "./plan/truth.js"
import { planTag } from "./plan-tag.js"
import type { ReleasePolicy } from "./policy-settings.js"
import type { PlanRefusal } from "./refusal.js"
import { readUnreleased, type Unreleased } from "./unreleased.js"
import { floatingImageTags, toImageTag } from "./version/image-tag.js"
import { toPep440 } from "./version/pep440-text.js"
import { isPrerelease, toSemVer } from "./version/version.js"

const NO_REMOTE = "there is no git remote, so this release can only be rehearsed"

const REMOTE_UNASKED = "the remote was not asked for its tags, so those of this clone count"

/** What is known once the input was accepted. */
interface Known {
  readonly facts: ReleaseFacts
  readonly policy: ReleasePolicy
  readonly now: number
  readonly scope: Scope
  readonly stated: Stated
  /** What the release brings. */
  readonly unreleased: Unreleased
}

/**
 * Decides the next release: pure and total. Bad input is a refusal, nothing releasable an answer.
 *
 * @param now when the plan is made, in milliseconds since 1970; its date (UTC) stands in the notes
 */
export async function planRelease(
  facts: ReleaseFacts,
  policy: ReleasePolicy,
  now: number,
): Promise<Plan | PlanRefusal> {
  const bad = contradiction({ release: policy, version: facts.versions.settings })
  if (bad !== undefined) return bad
  if (facts.question.kind === "tag") return planTag({ facts, policy, now, tag: facts.question.tag })
  const scope = scopeOf(facts, policy)
  if (scope.kind === "refused") return scope
  const stated = readTruth(facts, scope.tags)
  if (stated.kind === "refused") return stated
  const unreleased = readUnreleased(scope.sinceLast, policy)
  if (unreleased.kind === "refused") return unreleased
  const known: Known = { facts, policy, now, scope, stated, unreleased }
  if (unreleased.releasable.length === 0) return nothing(known)
  const all = scope.sinceLast === scope.sinceFinal ? unreleased : readUnreleased(scope.sinceFinal, policy)
  if (all.kind === "refused") return all
  const level = greatest([...all.releasable, ...unreleased.releasable].map((each) => each.level)) ?? "patch"
  const answer = decideVersion({
    tags: scope.tags,
    channel: scope.channel,
    level,
    ...(stated.version === undefined || facts.question.kind === "since" ? {} : { source: stated.version }),
    policy,
    hypothetical: facts.question.kind !== "next",
  })
  return answer.kind === "refused" ? answer : release(known, answer)
}

function commonOf({ facts, policy, now, scope, stated }: Known) {
  const { final, tags } = scope
  return {
    schema: PLAN_SCHEMA,
    created: new Date(now).toISOString(),
    head: facts.head.commit,
    branch: facts.head.branch,
    settingsDigest: facts.settingsDigest,
    settings: { release: policy, version: facts.versions.settings },
    project: facts.versions.subject.name,
    previous: final === undefined ? null : { tag: final.name, version: toSemVer(final.version) },
    remarks: [...tags.remarks, ...stated.remarks, ...remoteRemarks(facts), ...allowedRemarks(policy)],
  } satisfies Partial<ReleasePlan>
}

function remoteRemarks({ remote, remoteTags }: ReleaseFacts): readonly string[] {
  if (remote === null) return [NO_REMOTE]
  return remoteTags === null ? [REMOTE_UNASKED] : []
}

function nothing(known: Known): Plan {
  const { scope, unreleased, stated } = known
  const reason = reasonForNothing({
    changes: unreleased.changes,
    commits: scope.sinceLast.length,
    last: scope.last,
    ahead: stated.ahead,
  })
  return { kind: "nothing", ...commonOf(known), reason }
}

async function release(known: Known, answer: VersionAnswer): Promise<ReleasePlan | PlanRefusal> {
  const { facts, policy, now, scope, stated, unreleased } = known
  const { version, tag, by, level } = answer
  const heading = {
    version: toSemVer(version),
    tag,
    previousTag: scope.last?.name ?? null,
    date: new Date(now).toISOString().slice(0, 10),
  }
  const forge = findForge(facts.remote, policy.links)
  const section = await renderSection(unreleased.commits, heading, { policy, forge })
  const edits = editsOf({ facts, policy, stated, version, section })
  if (edits.kind === "refused") return edits
  const destinations = destinationsOf(policy, { remote: facts.remote, builds: facts.project.builds })
  const common = commonOf(known)
  return {
    kind: "release",
    ...common,
    remarks: [...common.remarks, ...handKeptRemarks(stated.truth, { version, edits: edits.edits })],
    hypothetical: facts.question.kind !== "next",
    channel: scope.channel,
    version: { semver: toSemVer(version), pep440: toPep440(version), tag },
    why: { by, level, commits: reasonsOf(unreleased), silent: unreleased.silent },
    notes: notesOf(withHandwritten(section, isPrerelease(version) ? "" : unreleasedText(facts.changelog ?? ""))),
    edits: edits.edits.map((edit) => patchOf(edit, facts.project)),
    imageTags:
      destinations.image === null ? null : { version: toImageTag(version), floating: [...floatingImageTags(version)] },
    message: policy.message.replaceAll("{version}", toSemVer(version)),
    steps: stepsOf({
      ...facts.project,
      project: facts.versions.subject.name,
      version,
      tag,
      branch: facts.head.branch,
      push: edits.edits.length > 0 ? "commit-and-tag" : "tag",
      destinations,
    }),
  }
}

/** A patch of the repository, of which the project may be a part. */
function patchOf(edit: TextEdit, { folder }: ReleaseFacts["project"]): ReleasePlan["edits"][number] {
  const path = folder === undefined ? edit.path : `${folder}/${edit.path}`
  return { path, diff: unifiedDiff({ ...edit, path }) }
}
