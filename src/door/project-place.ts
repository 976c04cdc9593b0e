import type { Workspace } from "@dagger.io/dagger"

/** Where a project lies in its caller's workspace. */
export interface ProjectPlace {
  /** Relative to the workspace's boundary; `.` at the boundary itself. */
  readonly path: string
  /** The nearest repository around it; null where there is none. */
  readonly repository: { readonly root: string; readonly inside: string } | null
}

/** What tells a repository: the second leaves out linked work trees, whose `.git` is a file that leads elsewhere. */
export type RepositoryMark = ".git" | ".git/HEAD"

/** Finds a folder of the workspace, and the repository at or above it. */
export async function findPlace(workspace: Workspace, path: string, mark: RepositoryMark): Promise<ProjectPlace> {
  const [found, start] = await Promise.all([workspace.findUp(mark, { from: path }), workspace.path()])
  const own = segments(path.startsWith("/") ? path : `${start}/${path}`)
  const place = own.join("/") || "."
  if (!found) return { path: place, repository: null }
  const root = segments(found).slice(0, -segments(mark).length)
  return { path: place, repository: { root: `/${root.join("/")}`, inside: own.slice(root.length).join("/") || "." } }
}

function segments(path: string): readonly string[] {
  const parts: string[] = []
  for (const part of path.split("/")) {
    if (part === "..") parts.pop()
    else if (part !== "" && part !== ".") parts.push(part)
  }
  return parts
}
