import type { Client, Directory } from "@dagger.io/dagger"
import { QuillonError } from "../errors.js"
import type { Project } from "../project/project.js"
import type { Settings } from "../project/settings.js"
import { containerGit, type Git } from "../targets/git-command.js"
import { createToolchain } from "../toolchain/create-toolchain.js"
import { classifyThrown } from "../toolchain/thrown.js"

/** What of a `.git` folder no history needs: the engine gets no more than it reads. */
export const NOT_HISTORY: readonly string[] = [
  ...["hooks", "index", "logs", "lfs", "modules", "worktrees", "COMMIT_EDITMSG", "*.lock"],
]

/** A `.git` folder, and where in its work tree the project lies. */
export interface RepositoryFolder {
  readonly folder: Directory
  /** `.` for the root. */
  readonly inside: string
}

/** A project whose repository is asked about. */
export interface RepositoryOwner {
  readonly dag: Client
  readonly project: Pick<Project, "interpreters">
  readonly settings: Settings
}

/**
 * The repository whose `.git` folder this is, asked in a container.
 *
 * @throws QuillonError GIT_NOT_ASKED from each question where there is no image or no network
 */
export function repositoryGit({ dag, project, settings }: RepositoryOwner, folder: Directory): Git {
  const toolchain = createToolchain({ dag, settings, interpreters: project.interpreters })
  const repository = containerGit(toolchain.environment({ python: toolchain.defaultPython, apt: ["git"] }), folder)
  return {
    run: (args) =>
      repository.run(args).catch((error: unknown) => {
        const { reason, next } = classifyThrown(error)
        throw new QuillonError(
          {
            code: "GIT_NOT_ASKED",
            message: `could not look at the repository: ${reason}`,
            next: next ?? "quillon engine status",
            kind: "environment",
          },
          { cause: error },
        )
      }),
  }
}
