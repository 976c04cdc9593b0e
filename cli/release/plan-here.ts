import type { Client } from "@dagger.io/dagger"
import { planFor } from "../../src/door/plan.js"
import type { PlanRequest } from "../../src/door/release-facts.js"
import type { RemoteRefs } from "../../src/release/facts.js"
import type { Plan } from "../../src/release/plan/schema.js"
import { createCommitFiles } from "../../src/targets/commit-files.js"
import type { Io } from "../io.js"
import type { KnownProject } from "../known-project.js"
import { branchOf } from "./branch.js"
import { hostGit } from "./host-git.js"
import { openRepository } from "./repository.js"

/** What a plan on this machine is made with. */
export interface PlanHereParts {
  readonly io: Io
  readonly dag: Client
  readonly known: KnownProject
  /** Asks a remote for the names of its refs; null where it gives none. */
  readonly remoteRefs: (remote: string) => Promise<RemoteRefs | null>
}

/** Makes the plan of a project on this machine. @throws QuillonError also where the planner refuses. */
export async function planHere({ io, dag, known, remoteRefs }: PlanHereParts, request: PlanRequest): Promise<Plan> {
  const { folder, project, settings } = known
  const git = await openRepository(dag, known)
  const branch = await branchOf(io, folder)
  // Files are many and small, so they are read here; history is read in the container.
  const filesAt = (commit: string) => createCommitFiles(hostGit(folder), commit, project.path)
  const commit = known.git?.commit ?? "HEAD"
  return planFor({ project, settings, git, commit, branch, filesAt, remoteRefs }, request, Date.now())
}
