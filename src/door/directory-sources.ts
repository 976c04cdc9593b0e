import type { Client, Directory } from "@dagger.io/dagger"
import type { Sources } from "../pipeline/sources.js"
import { NEVER_SHOWN } from "../project/never-shown.js"

/** Views of a folder of the engine that a caller handed in, less what git ignores. */
export function createDirectorySources(dag: Client, folder: Directory): Sources {
  return {
    view: ({ include, exclude }) =>
      // The engine keys a folder in a folder by its content, and a filtered one by how it was made.
      dag
        .directory()
        .withDirectory("view", folder, {
          include: [...include],
          exclude: [...exclude, ...NEVER_SHOWN],
          gitignore: true,
        })
        .directory("view"),
  }
}
