import { posix } from "node:path"
import type { Client, Directory } from "@dagger.io/dagger"
import type { Sources } from "../pipeline/sources.js"
import { NEVER_SHOWN } from "../project/never-shown.js"
import { shownPaths } from "../project/shown-paths.js"

/**
 * Views of a folder of the engine, made file by file: the engine keys a file by its content, and a filtered folder by how
 * it was made, so that an edit anywhere would repeat whatever looks at any part of it.
 *
 * @param paths all files of the folder
 */
export function createDirectorySources(dag: Client, folder: Directory, paths: readonly string[]): Sources {
  return {
    view({ include, exclude }) {
      const byFolder = new Map<string, string[]>()
      for (const path of shownPaths(paths, { include, exclude: [...exclude, ...NEVER_SHOWN] })) {
        const parent = posix.dirname(path)
        byFolder.set(parent, [...(byFolder.get(parent) ?? []), path])
      }
      return [...byFolder].reduce(
        (view, [parent, files]) =>
          view.withFiles(
            parent,
            files.map((path) => folder.file(path)),
          ),
        dag.directory(),
      )
    },
  }
}
