import type { Workspace } from "@dagger.io/dagger"
import type { Sources } from "../pipeline/sources.js"
import { folderAbove, patternsBelow } from "../project/patterns-below.js"
import type { FilePatterns } from "../project/project.js"

/**
 * Views of the caller's workspace. Each transfers what it shows and no more, less what git ignores, and is keyed by
 * the content of that.
 *
 * @param path of the project, relative to the workspace's boundary
 */
export function createWorkspaceSources(workspace: Workspace, path: string): Sources {
  const viewOf = (at: string, patterns: FilePatterns) => {
    const shown = workspace.directory("/", { ...patternsBelow(at, patterns), gitignore: patterns.ignored !== true })
    return at === "." ? shown : shown.directory(at)
  }
  return {
    view: (patterns) => viewOf(path, patterns),
    above: (levels, patterns) => viewOf(folderAbove(path, levels), patterns),
  }
}
