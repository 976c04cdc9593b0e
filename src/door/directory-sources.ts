import { posix } from "node:path"
import type { Client, Directory } from "@dagger.io/dagger"
import type { Sources } from "../pipeline/sources.js"
import { NEVER_SHOWN } from "../project/never-shown.js"
import { folderAbove } from "../project/patterns-below.js"
import type { FilePatterns } from "../project/project.js"
import { shownPaths } from "../project/shown-paths.js"

/** A project in a folder of the engine. */
export interface DirectoryPlace {
  readonly folder: Directory
  /** All files of the folder. */
  readonly paths: readonly string[]
  /** Of the project in it; `.` where the folder is the project. */
  readonly path: string
}

/**
 * Views of a folder of the engine, made file by file: the engine keys a file by its content, and a filtered folder by how
 * it was made, so that an edit anywhere would repeat whatever looks at any part of it.
 */
export function createDirectorySources(dag: Client, { folder, paths, path }: DirectoryPlace): Sources {
  const viewOf = (at: string, { include, exclude }: FilePatterns): Directory => {
    const start = at === "." ? "" : `${at}/`
    const own = paths.flatMap((known) => (known.startsWith(start) ? [known.slice(start.length)] : []))
    const byFolder = new Map<string, string[]>()
    for (const shown of shownPaths(own, { include, exclude: [...exclude, ...NEVER_SHOWN] })) {
      const parent = posix.dirname(shown)
      byFolder.set(parent, [...(byFolder.get(parent) ?? []), shown])
    }
    return [...byFolder].reduce(
      (view, [parent, files]) =>
        view.withFiles(
          parent,
          files.map((file) => folder.file(`${start}${file}`)),
        ),
      dag.directory(),
    )
  }
  return {
    view: (patterns) => viewOf(path, patterns),
    above: (levels, patterns) => viewOf(folderAbove(path, levels), patterns),
  }
}
