import type { Workspace } from "@dagger.io/dagger"
import type { Sources } from "../pipeline/sources.js"
import { patternsBelow } from "../project/patterns-below.js"

/**
 * Views of the caller's workspace. Each transfers what it shows and no more, less what git ignores, and is keyed by
 * the content of that.
 *
 * @param path of the project, relative to the workspace's boundary
 */
export function createWorkspaceSources(workspace: Workspace, path: string): Sources {
  return {
    view(patterns) {
      const shown = workspace.directory("/", { ...patternsBelow(path, patterns), gitignore: patterns.ignored !== true })
      return path === "." ? shown : shown.directory(path)
    },
  }
}
