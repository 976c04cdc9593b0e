import type { ProjectFiles } from "../project/files.js"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import type { ReleaseFacts, RemoteRefs } from "../release/facts.js"
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
  /** Asks a remote for the names of its refs; null where it gives none. A door that can't ask leaves this out. */
  readonly remoteRefs?: (remote: string) => Promise<RemoteRefs | null>
  /** The project's files as a commit has them. */
  readonly filesAt: (commit: string) => ProjectFiles
}

/**
 * Gathers everything that a plan is made from: for all doors in this place.
 *
 * @throws QuillonError NO_COMMITS, NO_SUCH_REVISION, GIT_UNREADABLE
 */
export async function gatherReleaseFacts(
  { project, settings, git, commit, branch, remoteRefs, filesAt }: ReleaseSubject,
  request: PlanRequest,
): Promise<ReleaseFacts> {
  const { at, since, tag, channel } = request
  const gather = (abandoned: readonly string[]) =>
    gatherGitFacts(git, {
      at: tag === undefined ? (at ?? commit) : `refs/tags/${tag}`,
      folder: project.path,
      start: (tags) => {
        const others = tags.filter(({ name }) => name !== tag)
        return since ?? chooseStart(others, settings.version.tag, abandoned)
      },
    })
  const first = await gather([])
  const known = first.remote === null ? null : ((await remoteRefs?.(first.remote)) ?? null)
  const abandoned = known?.abandoned ?? []
  // What an abandoned release brought was never out, so that the commits begin further back.
  const facts = abandoned.length === 0 ? first : await gather(abandoned)
  const files = filesAt(facts.head.commit)
  const { tags: _, ...versions } = await gatherVersionFacts(files, { project, settings, tags: { kind: "no-git" } })
  const { file } = settings.release.changelog
  return {
    ...facts,
    remoteTags: known?.tags ?? null,
    abandoned,
    head: { commit: facts.head.commit, branch: branch ?? facts.head.branch },
    question: questionOf(request),
    ...(channel === undefined ? {} : { channel }),
    project: {
      ...(project.path === "." ? {} : { folder: project.path }),
      pure: project.build?.pure ?? true,
      builds: project.build !== undefined,
    },
    versions,
    changelog: file === false ? null : ((await files.read(file)) ?? null),
    settingsDigest: await digestSettings({ release: settings.release, version: settings.version }),
  }
}

function questionOf({ at, since, tag }: PlanRequest): ReleaseFacts["question"] {
  if (tag !== undefined) return { kind: "tag", tag }
  return since !== undefined ? { kind: "since", tag: since } : { kind: at === undefined ? "next" : "past" }
}
