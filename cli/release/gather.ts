import type { ReleaseFacts } from "../../src/release/facts.js"
import { digestSettings } from "../../src/release/plan/settings.js"
import type { Channel } from "../../src/release/policy-settings.js"
import { chooseStart } from "../../src/release/tags.js"
import { gatherVersionFacts } from "../../src/stages/version-facts.js"
import type { Git } from "../../src/targets/git-command.js"
import { gatherGitFacts } from "../../src/targets/git-facts.js"
import type { Io } from "../io.js"
import type { KnownProject } from "../known-project.js"
import { branchOf } from "./branch.js"
import { createCommitFiles } from "./commit-files.js"

/** What a person asked for. */
export interface PlanRequest {
  readonly at?: string
  readonly since?: string
  readonly channel?: Channel
}

/** Gathers everything that a plan is made from. @throws QuillonError for no commit, no such revision */
export async function gatherReleaseFacts(
  io: Pick<Io, "env">,
  { known, git }: { readonly known: KnownProject; readonly git: Git },
  { at, since, channel }: PlanRequest,
): Promise<ReleaseFacts> {
  const { folder, project, settings } = known
  const facts = await gatherGitFacts(git, {
    at: at ?? known.git?.commit ?? "HEAD",
    folder: project.path,
    start: (tags) => since ?? chooseStart(tags, settings.version.tag),
  })
  const files = createCommitFiles(folder, facts.head.commit)
  const { tags: _, ...versions } = await gatherVersionFacts(files, { project, settings, tags: { kind: "no-git" } })
  const { file } = settings.release.changelog
  return {
    ...facts,
    head: { commit: facts.head.commit, branch: await branchOf(io, folder) },
    question: since !== undefined ? { kind: "since", tag: since } : { kind: at === undefined ? "next" : "past" },
    ...(channel === undefined ? {} : { channel }),
    project: { pure: project.build?.pure ?? true, builds: project.build !== undefined },
    versions,
    changelog: file === false ? null : ((await files.read(file)) ?? null),
    settingsDigest: await digestSettings({ release: settings.release, version: settings.version }),
  }
}
