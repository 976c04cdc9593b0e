import type { Workspace } from "@dagger.io/dagger"
import type { Sources } from "../pipeline/sources.js"
import { NEVER_SHOWN } from "../project/never-shown.js"

/**
 * Views of the caller's workspace. Each transfers what it shows and no more, less what git ignores, and is keyed by
 * the content of that.
 */
export function createWorkspaceSources(workspace: Workspace, path: string): Sources {
  return {
    view: ({ include, exclude }) =>
      workspace.directory(path, { include: [...include], exclude: [...exclude, ...NEVER_SHOWN], gitignore: true }),
  }
}
