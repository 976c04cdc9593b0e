import type { Client } from "@dagger.io/dagger"
import type { Sources } from "../src/pipeline/sources.js"
import { folderAbove, patternsBelow } from "../src/project/patterns-below.js"

/** Where a project lies on this machine. */
export interface HostPlace {
  /** Absolute path of the git root, or of the project where it lies outside git. */
  readonly root: string
  /** Path of the project relative to the root, `/` as separator; `.` at the root itself. */
  readonly path: string
}

/** Views of a folder on this machine: each uploads what it shows, less what git ignores. */
export function createHostSources(dag: Client, { root, path }: HostPlace): Sources {
  return {
    above(levels, patterns) {
      const folder = folderAbove(path, levels)
      const shown = dag.host().directory(root, { ...patternsBelow(folder, patterns), gitignore: true })
      return folder === "." ? shown : shown.directory(folder)
    },
    view(patterns) {
      const shown = dag
        .host()
        .directory(root, { ...patternsBelow(path, patterns), gitignore: patterns.ignored !== true })
      return path === "." ? shown : shown.directory(path)
    },
  }
}
