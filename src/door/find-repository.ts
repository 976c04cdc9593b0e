import type { Workspace } from "@dagger.io/dagger"
import { findPlace } from "./project-place.js"
import { NOT_HISTORY, type RepositoryFolder } from "./repository.js"

/** The `.git` folder at or above a folder of the workspace; null where there is none, or a file that leads elsewhere. */
export async function findRepository(workspace: Workspace, path: string): Promise<RepositoryFolder | null> {
  const { repository } = await findPlace(workspace, path, ".git/HEAD")
  if (repository === null) return null
  const { root, inside } = repository
  const folder = workspace.directory(`${root === "/" ? "" : root}/.git`, { exclude: [...NOT_HISTORY] })
  return { folder, inside }
}
