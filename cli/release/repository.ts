import { stat } from "node:fs/promises"
import { resolve } from "node:path"
import type { Client } from "@dagger.io/dagger"
import { QuillonError } from "../../src/errors.js"
import { containerGit, type Git } from "../../src/targets/git-command.js"
import { createToolchain } from "../../src/toolchain/create-toolchain.js"
import { classifyThrown } from "../../src/toolchain/thrown.js"
import { git } from "../git-facts.js"
import type { KnownProject } from "../known-project.js"

/** What of a `.git` folder no history needs: the engine gets no more than it reads. */
const NOT_HISTORY = ["hooks", "index", "logs", "lfs", "modules", "worktrees", "COMMIT_EDITMSG", "*.lock"]

/** The repository around a project, to be asked in a container. @throws QuillonError NO_REPOSITORY, BORROWED_OBJECTS */
export async function openRepository(dag: Client, known: KnownProject): Promise<Git> {
  const { folder, project, settings } = known
  if (known.git === null) throw noRepository(folder)
  const found = await git(folder, ["rev-parse", "--git-common-dir", "--git-path", "objects/info/alternates"])
  const [common = ".git", alternates = ""] = (found ?? "").split("\n")
  if (await isThere(resolve(folder, alternates))) throw borrowedObjects(folder)
  const directory = dag.host().directory(resolve(folder, common), { exclude: NOT_HISTORY })
  const toolchain = createToolchain({ dag, settings, interpreters: project.interpreters })
  const container = toolchain.environment({ python: toolchain.defaultPython, apt: ["git"] })
  return orCouldNotLook(containerGit(container, directory))
}

/** What the engine throws (no image, no network) is told as the runner tells it. */
function orCouldNotLook(repository: Git): Git {
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

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function borrowedObjects(folder: string): QuillonError {
  return new QuillonError({
    code: "BORROWED_OBJECTS",
    message: `${folder} borrows its history from another clone (objects/info/alternates), which a container can't see`,
    next: "git repack -a -d && rm .git/objects/info/alternates",
    kind: "environment",
  })
}

function noRepository(folder: string): QuillonError {
  return new QuillonError({
    code: "NO_REPOSITORY",
    message: `${folder} is in no git repository, so there is no history to plan from`,
    next: "git init, or clone the project",
    kind: "usage",
  })
}
