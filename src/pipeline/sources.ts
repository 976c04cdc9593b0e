import type { Directory } from "@dagger.io/dagger"
import type { FilePatterns } from "../project/project.js"

/**
 * Narrow views of the project's files. A door implements it: the CLI by uploading what git does not ignore,
 * the module from its caller's workspace. A view's cache key is the content of what it shows and no more.
 */
export interface Sources {
  /** Files that match, at their own paths. */
  view(patterns: FilePatterns): Directory
  /** Files of the folder so many levels above the project, in the same repository; absent where the door can't see it. */
  above?(levels: number, patterns: FilePatterns): Directory
}
