import type { Directory, File } from "@dagger.io/dagger"
import type { ProjectFiles } from "./files.js"

/** How files of a folder of the engine are read. */
export interface DirectoryFilesOptions {
  /** A byte order mark at the head of a file is cut off unless it is to be kept. */
  readonly marks?: "kept"
  /** A file around the folder, by a path that begins with `../`; undefined where nothing may be seen there. */
  readonly around?: (path: string) => File | undefined
}

/** The project's files in a folder of the engine; what git ignores must have been left out when it was made. */
export function createDirectoryFiles(folder: Directory, options: DirectoryFilesOptions = {}): ProjectFiles {
  return {
    async list() {
      const paths = await folder.glob("**")
      return paths.filter((path) => !path.endsWith("/")).sort()
    },
    async read(path) {
      const file = path.startsWith("../") ? options.around?.(path) : folder.file(path)
      if (file === undefined) return undefined
      try {
        const text = await file.contents()
        return options.marks === "kept" ? text : text.replace(/^\ufeff/, "")
      } catch {
        // Not there, not a file, or not text: the engine has no answer that tells these apart.
        return undefined
      }
    },
  }
}
