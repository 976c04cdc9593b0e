import type { Changeset, Client, Directory } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"
import { createDirectoryFiles } from "../project/directory-files.js"
import { inspectProject } from "../project/inspect.js"
import { renderPlan } from "../release/plan/markdown.js"
import type { Plan } from "../release/plan/schema.js"
import { checkVersions } from "../release/version/check.js"
import { readBumpRequest } from "../release/version/next-version.js"
import { bumpEdits, syncEdits } from "../release/version/repair.js"
import { SPELLINGS, spell } from "../release/version/spell.js"
import type { Truth } from "../release/version/truth.js"
import { truthJson } from "../release/version/truth-json.js"
import { PRE_LABELS as LABELS } from "../release/version/version.js"
import { gatherVersionFacts } from "../stages/version-facts.js"
import { createCommitFiles } from "../targets/commit-files.js"
import { changeFolder } from "./change-folder.js"
import { chooseWord } from "./choose-word.js"
import type { RepositoryFacts } from "./git-facts.js"
import { planFor } from "./plan.js"
import { type AskedPlan, readRequest } from "./plan-request.js"
import type { PlanRequest } from "./release-facts.js"
import { type RepositoryFolder, repositoryGit } from "./repository.js"

/** What the module knows of the caller whose version or release is asked about. */
export interface ReleaseCaller {
  readonly dag: Client
  /** The project's folder, less what git ignores. */
  readonly folder: Directory
  readonly repository: () => Promise<RepositoryFacts>
  /** Null outside a repository. Mounted in the step that reads history, and nowhere else. */
  readonly repositoryFolder: () => Promise<RepositoryFolder | null>
}

/** The plan of the caller's next release as Markdown. @throws QuillonError as `planOf` does, and UNKNOWN_WORD */
export async function planPage(caller: ReleaseCaller, asked: AskedPlan): Promise<string> {
  return renderPlan(await planOf(caller, readRequest(asked)))
}

/** The same as the plan file's text. @throws QuillonError as `planPage` does */
export async function planJson(caller: ReleaseCaller, asked: AskedPlan): Promise<string> {
  return `${JSON.stringify(await planOf(caller, readRequest(asked)), null, 2)}\n`
}

/** Plans the caller's next release. The remote is not asked for tags: a module has no credentials of its caller. */
async function planOf(caller: ReleaseCaller, request: PlanRequest): Promise<Plan> {
  const found = await caller.repositoryFolder()
  if (found === null) throw noRepository()
  const { dag } = caller
  const { project, settings } = await inspectProject(createDirectoryFiles(caller.folder), { path: found.inside })
  const git = repositoryGit({ dag, project, settings }, found.folder)
  const filesAt = (commit: string) => createCommitFiles(git, commit, found.inside)
  return planFor({ project, settings, git, commit: "HEAD", branch: null, filesAt }, request, Date.now())
}

/** The version of the caller's project, and who says otherwise. @throws QuillonError as `checkVersions` does */
export async function truthOf(caller: ReleaseCaller): Promise<{ readonly name: string; readonly truth: Truth }> {
  const [{ project, settings }, { tags }] = await Promise.all([
    inspectProject(createDirectoryFiles(caller.folder)),
    caller.repository(),
  ])
  // Byte order marks are kept: one at the head of VERSION is a finding.
  const files = createDirectoryFiles(caller.folder, { marks: "kept" })
  return { name: project.name, truth: checkVersions(await gatherVersionFacts(files, { project, settings, tags })) }
}

/** The truth as JSON, or one spelling of the version. @throws QuillonError UNKNOWN_WORD, NO_SUCH_SPELLING */
export async function showOf(caller: ReleaseCaller, spelling?: string): Promise<string> {
  const { name, truth } = await truthOf(caller)
  if (spelling === undefined) return `${JSON.stringify(truthJson(name, truth), null, 2)}\n`
  return spell(truth, chooseWord("as", spelling, SPELLINGS))
}

/** The changes after which every place says the version. @throws QuillonError as `syncEdits` does */
export async function syncOf(caller: ReleaseCaller): Promise<Changeset> {
  const { truth } = await truthOf(caller)
  return changeFolder(caller.folder, syncEdits(truth))
}

/** The changes that write the next version into every place. @throws QuillonError as `bumpEdits` does */
export async function bumpOf(caller: ReleaseCaller, step: string, label?: string): Promise<Changeset> {
  const request = readBumpRequest(step, label === undefined ? undefined : chooseWord("label", label, LABELS))
  const { truth } = await truthOf(caller)
  return changeFolder(caller.folder, bumpEdits(truth, request).edits)
}

/** The error for a project around which there is no repository. */
export function noRepository(): QuillonError {
  return new QuillonError({
    code: "NO_REPOSITORY",
    message: "there is no .git folder around the project, so there is no history to plan from",
    next: "git init, or call from the repository itself instead of a linked work tree",
    kind: "usage",
  })
}
