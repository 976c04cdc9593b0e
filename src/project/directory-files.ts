import type { Directory } from "@dagger.io/dagger"
import type { ProjectFiles } from "./files.js"

/**
 * The project's files in a folder of the engine; what git ignores must have been left out when it was made. A byte
 * order mark at the head of a file is cut off unless it is to be kept.
 */
export function createDirectoryFiles(folder: Directory, options: { readonly marks?: "kept" } = {}): ProjectFiles {
  return {
    async list() {
      const paths = await folder.glob("**")
      return paths.filter((path) => !path.endsWith("/")).sort()
    },
    async read(path) {
      if (path.startsWith("../")) return undefined
      try {
        const text = await folder.file(path).contents()
        return options.marks === "kept" ? text : text.replace(/^\ufeff/, "")
      } catch {
        // Not there, not a file, or not text: the engine has no answer that tells these apart.
        return undefined
      }
    },
  }
}
