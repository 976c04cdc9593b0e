import type { ProjectFiles } from "../project/files.js"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import type { ReleaseFacts } from "../release/facts.js"
import { digestSettings } from "../release/plan/settings.js"
import type { Channel } from "../release/policy-settings.js"
import { chooseStart } from "../release/tags.js"
import { gatherVersionFacts } from "../stages/version-facts.js"
import type { Git } from "../targets/git-command.js"
import { gatherGitFacts } from "../targets/git-facts.js"

/** What a person asks the planner. */
export interface PlanRequest {
  /** A revision; the present commit when absent. */
  readonly at?: string
  /** The tag of the release to start from; the last final one when absent. */
  readonly since?: string
  /** A tag whose release is to be finished. */
  readonly tag?: string
  readonly channel?: Channel
}

/** What a door knows of the project whose release is planned. */
export interface ReleaseSubject {
  readonly project: Project
  readonly settings: Pick<Settings, "release" | "version">
  readonly git: Git
  /** The commit that is checked out. */
  readonly commit: string
  /** Null where nobody knows. */
  readonly branch: string | null
  /** Asks a remote for the names of its tags; null where it gives none. A door that can't ask leaves this out. */
  readonly remoteTags?: (remote: string) => Promise<readonly string[] | null>
  /** The project's files as a commit has them. */
  readonly filesAt: (commit: string) => ProjectFiles
}

/**
 * Gathers everything that a plan is made from: for all doors in this place.
 *
 * @throws QuillonError NO_COMMITS, NO_SUCH_REVISION, GIT_UNREADABLE
 */
export async function gatherReleaseFacts(
  { project, settings, git, commit, branch, remoteTags, filesAt }: ReleaseSubject,
  request: PlanRequest,
): Promise<ReleaseFacts> {
  const { at, since, tag, channel } = request
  const facts = await gatherGitFacts(git, {
    at: tag === undefined ? (at ?? commit) : `refs/tags/${tag}`,
    folder: project.path,
    start: (tags) =>
      since ??
      chooseStart(
        tags.filter(({ name }) => name !== tag),
        settings.version.tag,
      ),
  })
  const files = filesAt(facts.head.commit)
  const [{ tags: _, ...versions }, known] = await Promise.all([
    gatherVersionFacts(files, { project, settings, tags: { kind: "no-git" } }),
    facts.remote === null ? null : (remoteTags?.(facts.remote) ?? null),
  ])
  const { file } = settings.release.changelog
  return {
    ...facts,
    remoteTags: known,
    head: { commit: facts.head.commit, branch: branch ?? facts.head.branch },
    question: questionOf(request),
    ...(channel === undefined ? {} : { channel }),
    project: { pure: project.build?.pure ?? true, builds: project.build !== undefined },
    versions,
    changelog: file === false ? null : ((await files.read(file)) ?? null),
    settingsDigest: await digestSettings({ release: settings.release, version: settings.version }),
  }
}

function questionOf({ at, since, tag }: PlanRequest): ReleaseFacts["question"] {
  if (tag !== undefined) return { kind: "tag", tag }
  return since !== undefined ? { kind: "since", tag: since } : { kind: at === undefined ? "next" : "past" }
}
