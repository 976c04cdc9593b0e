import type { Workspace } from "@dagger.io/dagger"
import { NOT_HISTORY, type RepositoryFolder } from "./repository.js"

/** The `.git` folder at or above a folder of the workspace; null where there is none, or a file that leads elsewhere. */
export async function findRepository(workspace: Workspace, path: string): Promise<RepositoryFolder | null> {
  const [found, start] = await Promise.all([workspace.findUp(".git/HEAD", { from: path }), workspace.path()])
  if (!found) return null
  const root = found.replace(/\/?\.git\/HEAD$/, "")
  const inside = segments(`${start}/${path}`).slice(segments(root).length).join("/")
  return { folder: workspace.directory(`${root}/.git`, { exclude: [...NOT_HISTORY] }), inside: inside || "." }
}

function segments(path: string): readonly string[] {
  const parts: string[] = []
  for (const part of path.split("/")) {
    if (part === "..") parts.pop()
    else if (part !== "" && part !== ".") parts.push(part)
  }
  return parts
}
