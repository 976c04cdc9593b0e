import { resolve } from "node:path"
import type { Client } from "@dagger.io/dagger"
import { NOT_HISTORY, repositoryGit } from "../../src/door/repository.js"
import { QuillonError } from "../../src/errors.js"
import type { Git } from "../../src/targets/git-command.js"
import { git } from "../git-facts.js"
import { isThere } from "../is-there.js"
import type { KnownProject } from "../known-project.js"

/** The repository around a project, to be asked in a container. @throws QuillonError NO_REPOSITORY, BORROWED_OBJECTS */
export async function openRepository(dag: Client, known: KnownProject): Promise<Git> {
  const { folder, project, settings } = known
  if (known.git === null) throw noRepository(folder)
  const found = await git(folder, ["rev-parse", "--git-common-dir", "--git-path", "objects/info/alternates"])
  const [common = ".git", alternates = ""] = (found ?? "").split("\n")
  if (await isThere(resolve(folder, alternates))) throw borrowedObjects(folder)
  const directory = dag.host().directory(resolve(folder, common), { exclude: [...NOT_HISTORY] })
  return repositoryGit({ dag, project, settings }, directory)
}

function borrowedObjects(folder: string): QuillonError {
  return new QuillonError({
    code: "BORROWED_OBJECTS",
    message: `${folder} borrows its history from another clone (objects/info/alternates), which a container can't see`,
    next: "git repack -a -d && rm .git/objects/info/alternates",
    kind: "environment",
  })
}

/** The error for a project that has no history. */
export function noRepository(folder: string): QuillonError {
  return new QuillonError({
    code: "NO_REPOSITORY",
    message: `${folder} is in no git repository, so there is no history to plan from`,
    next: "git init, or clone the project",
    kind: "usage",
  })
}
